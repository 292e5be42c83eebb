import { type Fault, FaultError } from '../model/fault.ts'
import { readTextFile } from '../yaml/read-text-file.ts'
import type { ScenarioPaths } from './scenario-paths.ts'
import type { World } from './world.ts'

/** Throws a `FaultError` that names each line that was asked for and that its file does not have. Files that cannot be read are left to others. */
export function checkLines({ lines }: ScenarioPaths, { cwd }: Pick<World, 'cwd'>): void {
  const faults = [...lines].flatMap(([file, asked]) => faultsOf(file, asked, cwd))
  if (faults.length > 0) throw new FaultError(faults)
}

/** Editors show one more line behind the last line end: that one may be named. */
function faultsOf(file: string, asked: readonly number[], cwd: string): Fault[] {
  const { value: text } = readTextFile(file, cwd)
  if (text === undefined) return []
  const shown = text.split(/\r\n|\r|\n/)
  const count = shown.at(-1) === '' ? shown.length - 1 : shown.length
  return asked.filter((line) => line > shown.length).map((line) => noSuchLine(file, line, count))
}

function noSuchLine(file: string, line: number, count: number): Fault {
  return {
    code: 'NO_SUCH_LINE',
    message: `${file} has no line ${line}: it has ${count} ${count === 1 ? 'line' : 'lines'}`,
    advice: `\`cxspec list ${file}\` shows the line of each scenario`,
  }
}
