import type { Pointer } from '../model/place.ts'
import type { AlignedRow } from './align-path.ts'
import type { PathMatch } from './match-path.ts'
import type { PathAutomaton } from './path-automaton.ts'
import { counted, listed } from './show.ts'

/** The first difference between a path and its pattern. */
export interface PathDifference {
  /** `expected node_route_sales after node_menu_1, got node_error (visit 3)`. */
  readonly message: string
  /** The part of the pattern that it is about. */
  readonly at: Pointer
  /** What was expected there, as named in the pattern; absent: the end of the call. */
  readonly wanted?: string
}

/** So many rows without a difference are shown around each difference. */
const CONTEXT_ROWS = 3

/** No more rows than this are shown. */
const MAX_ROWS = 60

const COLUMN_WIDTH = 48

const MARKS = { same: ' ', any: ' ', changed: '!', missing: '-', extra: '+' } as const

/** The first difference of an alignment. */
export function explainAlignment(rows: readonly AlignedRow[], path: readonly string[]): PathDifference {
  const index = Math.max(0, rows.findIndex(isDifference))
  const wanted = rows.slice(index).find((row) => row.expected !== undefined)?.expected
  const position = rows.slice(index).find((row) => row.actual !== undefined)?.actual ?? path.length
  return difference(wanted?.label, wanted?.at ?? [], path, position)
}

/** The first node that cannot follow, where the two are too long to be aligned. */
export function explainMatch({ states }: PathAutomaton, match: PathMatch, path: readonly string[]): PathDifference {
  const wanted = match.states.flatMap((index) => {
    const state = states[index]
    return state?.kind === 'node' ? [state] : []
  })
  const labels = [...new Set(wanted.map((state) => state.label))]
  return difference(labels.length === 0 ? undefined : listed(labels, 'or'), wanted[0]?.at ?? [], path, match.length)
}

function difference(wanted: string | undefined, at: Pointer, path: readonly string[], position: number): PathDifference {
  const before = path[position - 1]
  const after = before === undefined ? 'at the start of the call' : `after ${before}`
  const node = path[position]
  const got = node === undefined ? 'but the call ended there' : `got ${node} (visit ${position + 1})`
  return { message: `expected ${wanted ?? 'the call to end'} ${after}, ${got}`, at, ...(wanted === undefined ? {} : { wanted }) }
}

/** Expected and actual in two columns, marked with `!` (another node), `-` (missing) and `+` (extra). Long stretches without a difference are left out. */
export function sideBySide(rows: readonly AlignedRow[], path: readonly string[]): readonly string[] {
  const cells = rows.map((row) => [row.expected?.label ?? '', row.actual === undefined ? '' : (path[row.actual] ?? '')].map(shorten))
  const width = Math.max('expected'.length, ...cells.map(([left = '']) => left.length))
  const line = (mark: string, [left = '', right = '']: readonly string[]): string => `${mark} ${left.padEnd(width)}  ${right}`.trimEnd()
  const lines = rows.flatMap((row, index) => {
    if (isShown(rows, index)) return [line(MARKS[row.kind], cells[index] ?? [])]
    return index === 0 || isShown(rows, index - 1) ? [`  … ${counted(hiddenRows(rows, index), 'node')} as expected`] : []
  })
  const left = lines.length - MAX_ROWS
  return [line(' ', ['expected', 'actual']), ...lines.slice(0, MAX_ROWS), ...(left > 0 ? [`  … ${counted(left, 'line')} more`] : [])]
}

function isDifference(row: AlignedRow): boolean {
  return row.kind !== 'same' && row.kind !== 'any'
}

/** A row that stands alone between shown ones takes no more room than the line that would tell of it. */
function isShown(rows: readonly AlignedRow[], index: number): boolean {
  const isNear = isNearDifference(rows, index)
  return isNear || ((index === 0 || isNearDifference(rows, index - 1)) && isNearDifference(rows, index + 1))
}

function isNearDifference(rows: readonly AlignedRow[], index: number): boolean {
  return index >= 0 && rows.slice(Math.max(0, index - CONTEXT_ROWS), index + CONTEXT_ROWS + 1).some(isDifference)
}

function hiddenRows(rows: readonly AlignedRow[], from: number): number {
  let end = from
  while (end < rows.length && !isShown(rows, end)) end += 1
  return end - from
}

function shorten(label: string): string {
  return label.length <= COLUMN_WIDTH ? label : `${label.slice(0, COLUMN_WIDTH - 1)}…`
}
