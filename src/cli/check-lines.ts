import { type Fault, FaultError } from '../model/fault.ts'
import type { Suite } from '../model/suite.ts'
import type { LoadSuite } from '../scenario/suite-loader.ts'
import { readTextFile } from '../yaml/read-text-file.ts'
import type { ScenarioPaths } from './scenario-paths.ts'
import type { World } from './world.ts'

/** So many scenarios are named, the nearest ones. */
const MOST_SCENARIOS = 3

/**
 * Throws a `FaultError` that names each line that was asked for and that its file does not have, with the scenarios that are nearest. Files
 * that cannot be read are left to others.
 */
export function checkLines({ lines }: Pick<ScenarioPaths, 'lines'>, { cwd }: Pick<World, 'cwd'>, load: LoadSuite): void {
  const faults = [...lines].flatMap(([file, asked]) => faultsOf(file, asked, { cwd, load }))
  if (faults.length > 0) throw new FaultError(faults)
}

interface Means extends Pick<World, 'cwd'> {
  readonly load: LoadSuite
}

/** Editors show one more line behind the last line end: that one may be named. */
function faultsOf(file: string, asked: readonly number[], { cwd, load }: Means): Fault[] {
  const { value: text } = readTextFile(file, cwd)
  if (text === undefined) return []
  const shown = text.split(/\r\n|\r|\n/)
  const count = shown.at(-1) === '' ? shown.length - 1 : shown.length
  const missing = asked.filter((line) => line > shown.length)
  return missing.map((line) => ({
    code: 'NO_SUCH_LINE',
    message: `${file} has no line ${line}: it has ${count} ${count === 1 ? 'line' : 'lines'}`,
    advice: adviceFor(file, load(file).value),
  }))
}

function adviceFor(file: string, suite: Suite | undefined): string {
  const last = suite?.scenarios.slice(-MOST_SCENARIOS) ?? []
  const named = last.map(({ line, name }) => `${file}:${line} (${name})`)
  const nearest = named.length === 0 ? '' : `the nearest ${named.length === 1 ? 'scenario is' : 'scenarios are'} ${named.join(', ')}; `
  return `${nearest}\`cxspec list ${file}\` shows the line of each scenario`
}
