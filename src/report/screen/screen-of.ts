import type { Screen } from '../report-environment.ts'
import { defuse } from './ci-commands.ts'

/** What is asked of standard output; `process.stdout` is one. */
export interface OutputStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

const USUAL_COLUMNS = 80

/**
 * The screen behind a stream. Colours: `FORCE_COLOR` (not `0` or `false`) asks for them, else `NO_COLOR` (not empty) forbids them, else a
 * terminal has them unless it is dumb. Lines are drawn over only on a terminal outside CI. Nothing that is written can be a
 * command to a CI system.
 */
export function screenOf(stream: OutputStream, env: Environment, detail: Screen['detail']): Screen {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb'
  return {
    write: (text) => stream.write(defuse(text)),
    isLive: isTerminal && !isSet(env['CI']),
    hasColours: wantsColours(env) ?? isTerminal,
    columns: () => stream.columns || USUAL_COLUMNS,
    detail,
  }
}

function wantsColours(env: Environment): boolean | undefined {
  const force = env['FORCE_COLOR']
  if (force !== undefined) return force === '' || isSet(force)
  return env['NO_COLOR'] ? false : undefined
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
