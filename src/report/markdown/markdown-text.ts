import { printable } from '../../model/printable.ts'
import { cutText } from '../show.ts'

/** Longest text that is shown, in characters. */
const MAX_LENGTH = 500

/**
 * What Markdown as GitHub reads it could take for more than text. Anywhere: emphasis, code, links, HTML, table cells, formulas, mentions,
 * addresses (`http://…`, `www.…`) and emoji (`:name:`). At the start: headings, lists and underlines of headings.
 */
const SPECIAL = /[\\`*[\]<>&~|$@]|(?<![^\W_])_|_(?![^\W_])|:(?=\S)|(?<=www)\.|#|^[+=-]|(?<=^\d+)[.)]/gi

/** The text on one line (a long one is cut), so that Markdown shows it as it is: no mark-up, link, mention, HTML or table cell can come of it. */
export function markdownText(text: string): string {
  return shortened(text).replace(SPECIAL, escapeOf)
}

/** A code span that holds the text as it is (a long one is cut), also in a table. */
export function codeSpan(text: string): string {
  const line = shortened(text) || ' '
  const fence = '`'.repeat(longestRun(line) + 1)
  const padding = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' ')) ? ' ' : ''
  return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`
}

/** A block that shows lines as they are, whatever stands in them. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.map(printable).join('\n')
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${text}\n${fence}`
}

/** A backslash does for mark-up; what is looked for once that is gone (addresses, mentions, emoji) has to be an entity. */
function escapeOf(character: string): string {
  return /[<>&:@.$#]/.test(character) ? `&#${character.codePointAt(0)};` : `\\${character}`
}

function shortened(text: string): string {
  const line = printable(text).trim()
  return line.length <= MAX_LENGTH ? line : `${cutText(line, MAX_LENGTH)}…`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
