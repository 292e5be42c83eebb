import type { Fault } from '../../model/fault.ts'
import type { Finding } from '../../model/finding.ts'
import type { Place } from '../../model/place.ts'
import { printable } from '../../model/printable.ts'
import { cutText, showValue } from '../show.ts'

/** What GitHub shows beside a line of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  /** Relative to the root of the repository; absent: it belongs to no file. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The column after the last character that is meant. */
  readonly endColumn?: number
}

/** GitHub cuts what is longer than 64 KB; a person reads far less. */
const MAX_MESSAGE = 4_000

const MAX_TITLE = 250

/**
 * The annotation as a workflow command on a line of its own. Everything that is data is escaped, so that it can neither end the
 * command nor begin another one.
 *
 * ```text
 * ::error file=scenarios/menu.cxspec.yaml,line=9,col=17,title=Main menu › key 1::expected node_exit at the end
 * ```
 */
export function workflowCommand({ level, title, message, file, line, column, endColumn }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [['file', file] as const]),
    ...(line === undefined ? [] : [['line', String(line)] as const]),
    ...(column === undefined ? [] : [['col', String(column)] as const]),
    ...(endColumn === undefined ? [] : [['endColumn', String(endColumn)] as const]),
    ['title', cutText(printable(title), MAX_TITLE)] as const,
  ]
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',')
  return `::${level} ${list}::${escapeData(cutText(message, MAX_MESSAGE))}\n`
}

/** Where it stands, as GitHub takes it. */
export function annotatedPlace(
  { file, line, column, length }: Place,
  toPath: (file: string) => string,
): Omit<Annotation, 'level' | 'title' | 'message'> {
  return { file: toPath(file), line, column, ...(length === undefined ? {} : { endColumn: column + length }) }
}

/** A finding in a few lines: what, expected, actual, explanation, advice. */
export function findingText({ message, expected, actual, details = [], advice }: Finding): string {
  return [
    printable(message),
    ...(expected === undefined ? [] : [`expected: ${showValue(expected)}`]),
    ...(actual === undefined ? [] : [`actual:   ${showValue(actual)}`]),
    ...details.map(printable),
    ...(advice === undefined ? [] : [`→ ${printable(advice)}`]),
  ].join('\n')
}

/** A fault in a few lines, without its place, which the annotation has already. */
export function faultText({ message, expected, advice }: Fault): string {
  return [
    printable(message),
    ...(expected === undefined ? [] : [`expected: ${printable(expected)}`]),
    ...(advice === undefined ? [] : [`→ ${printable(advice)}`]),
  ].join('\n')
}

/** See https://github.com/actions/toolkit/blob/main/docs/commands.md for what a runner takes back. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
