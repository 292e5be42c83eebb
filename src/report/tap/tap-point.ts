import { stringify } from 'yaml'
import { printable } from '../../model/printable.ts'
import { cutText } from '../show.ts'

/** Longest description, in characters. */
const MAX_LENGTH = 1_000

/** A test point before it has its number. */
export interface TapPoint {
  readonly ok: boolean
  readonly description: string
  readonly file: string
  readonly line?: number
  readonly durationMs?: number
  /** Why it was not judged; absent: it was. */
  readonly skip?: string
  /** Why it may be not ok without making the whole red; absent: it may not. */
  readonly todo?: string
  /** How it ended where it is not ok. */
  readonly status?: string
  readonly message?: string
  /** Everything there is to say, line by line. */
  readonly story?: readonly string[]
}

/** The lines of a test point, once its number is known: readers want numbers in order, and points come in the order of their ends. */
export function tapPoint(point: TapPoint): (number: number) => string {
  const { ok, description, skip, todo } = point
  const title = `${ok ? 'ok' : 'not ok'}`
  const directive = skip !== undefined ? ` # SKIP ${escaped(skip)}` : todo !== undefined ? ` # TODO ${escaped(todo)}` : ''
  const rest = `${escaped(description)}${directive}\n${diagnostic(point)}`
  return (number) => `${title} ${number} - ${rest}`
}

/** A `#` would begin a directive, and a backslash would escape what follows. */
function escaped(text: string): string {
  return cutText(printable(text).trim(), MAX_LENGTH).replace(/[\\#]/g, '\\$&')
}

function diagnostic({ ok, file, line, durationMs, status, message, story }: TapPoint): string {
  if (ok && story === undefined) return ''
  const fields = {
    severity: ok ? 'comment' : 'fail',
    status,
    message,
    at: { file, line },
    duration_ms: durationMs,
    story: story?.join('\n'),
  }
  const lines = stringify(fields, { lineWidth: 0 }).trimEnd().split('\n')
  return ['  ---', ...lines.map((text) => `  ${text}`.trimEnd()), '  ...', ''].join('\n')
}
