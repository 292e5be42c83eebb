import { stripVTControlCharacters } from 'node:util'
import { cutText } from '../show.ts'

/** What readers take: GitLab and others cut or refuse longer text, Azure DevOps refuses longer names. */
export const LIMITS = { textBytes: 65_536, messageLength: 1_000, nameLength: 512 } as const

/** Everything but the characters that XML 1.0 allows and does not discourage (https://www.w3.org/TR/xml/#charsets); lone surrogates among it. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{7e}\u{85}\u{a0}-\u{d7ff}\u{e000}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** Most texts are nothing but these, and need no work. */
const HARMLESS = /^[\x20-\x7e]*$/

const CUT = '\n… cut here; the JSON report has all of it'

/** The text without what XML cannot hold: first whole terminal sequences, so that no `[31m` stays behind, then single characters. */
export function xmlText(text: string): string {
  return HARMLESS.test(text) ? text : stripVTControlCharacters(text).replace(FORBIDDEN, '')
}

/** For attributes such as `message`: one line, at most so many characters. */
export function xmlLine(text: string, length: number): string {
  const line = xmlText(text)
    .replace(/[\t\n\r]+/g, ' ')
    .trim()
  return line.length <= length ? line : `${cutText(line, length - 1)}…`
}

/** A whole story within 64 KB of UTF-8; a longer one is cut, and says so. */
export function xmlStory(lines: readonly string[]): string {
  const text = xmlText(lines.join('\n'))
  if (Buffer.byteLength(text) <= LIMITS.textBytes) return text
  const bytes = Buffer.from(text).subarray(0, LIMITS.textBytes - Buffer.byteLength(CUT))
  return `${new TextDecoder().decode(bytes, { stream: true })}${CUT}`
}
