import type { Fault } from './fault.ts'
import { formatPlace, type Place } from './place.ts'
import { printable } from './printable.ts'

/** How much of a long source line is shown, in characters; the caret's surroundings are kept. */
const SOURCE_WIDTH = 120

/**
 * A fault as plain text of several lines without colours and without a line end at the end:
 *
 * ```text
 * menu.cxspec.yaml:7:11: "exitNod" is not a field of expect
 *   7 |       exitNod: node_exit
 *     |       ^^^^^^^
 *   expected: path, visits, avoids, exitNode, …
 *   did you mean "exitNode"?
 * ```
 *
 * Whatever stands in the file, nothing in the text can move a cursor or change a colour: see {@link printable}.
 */
export function formatFault(fault: Fault): string {
  const { place, message, expected, advice } = fault
  const lines = [`${place ? `${printable(formatPlace(place))}: ` : ''}${printable(message)}`]
  if (place?.source !== undefined) lines.push(...sourceLines(place, place.source))
  if (expected !== undefined) lines.push(`  expected: ${printable(expected)}`)
  if (advice !== undefined) lines.push(...advice.split('\n').map((line) => `  ${printable(line)}`))
  return lines.join('\n')
}

/** The source line with its number, cut around the place, and below it a caret under what is meant: two lines of plain text. */
export function sourceLines(place: Place, source: string): [string, string] {
  const start = place.column - 1
  const from = Math.max(0, Math.min(start - SOURCE_WIDTH / 2, source.length - SOURCE_WIDTH))
  const to = from + SOURCE_WIDTH
  const before = shown(source.slice(from, start))
  const marked = shown(source.slice(start, Math.min(to, start + (place.length ?? 1))))
  const after = shown(source.slice(start + (place.length ?? 1), to))
  const lead = from > 0 ? '…' : ''
  const gutter = ' '.repeat(String(place.line).length)
  return [
    `  ${place.line} | ${lead}${before}${marked}${after}${to < source.length ? '…' : ''}`.trimEnd(),
    `  ${gutter} | ${' '.repeat(width(lead + before))}${'^'.repeat(Math.max(1, width(marked)))}`,
  ]
}

/** A tab takes one column, so that the caret stands under what it points at. */
function shown(text: string): string {
  return printable(text.replaceAll('\t', ' '))
}

/** Columns on the screen: code points without the marks that combine with the one before; wide scripts take two. */
function width(text: string): number {
  let columns = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) columns += isWide(segment) ? 2 : 1
  return columns
}

function isWide(grapheme: string): boolean {
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    grapheme,
  )
}
