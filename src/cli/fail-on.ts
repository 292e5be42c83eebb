import { FaultError } from '../model/fault.ts'
import type { CommandLine } from './command-line.ts'

/** Whether `--fail-on new` was given. Throws a `FaultError` for anything else behind that flag. */
export function readFailOn(line: CommandLine): boolean {
  const text = line.text('fail-on')
  if (text === undefined || text === 'new') return text !== undefined
  throw new FaultError([{ code: 'INVALID_FLAG', message: `the flag --fail-on says ${JSON.stringify(text)}`, expected: 'new' }])
}
