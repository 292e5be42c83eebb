import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { splitLocation } from '../runner/select.ts'

/** Which files were asked for, and which lines of them. */
export interface ScenarioPaths {
  /** Files, folders and globs. */
  readonly paths: readonly string[]
  /** Of files of which only single lines were asked for: by their path relative to the working directory, with forward slashes. */
  readonly lines: ReadonlyMap<string, readonly number[]>
}

/** Reads operands such as `scenarios`, `menu.cxspec.yaml` and `menu.cxspec.yaml:12`. A file that is really called like that is no line. */
export function parsePaths(operands: readonly string[], cwd: string): ScenarioPaths {
  const located = operands.map((operand) => (existsSync(resolve(cwd, operand)) ? { path: operand } : splitLocation(operand)))
  const lines = new Map<string, number[]>()
  const whole = new Set(located.filter(({ line }) => line === undefined).map(({ path }) => nameOf(path, cwd)))
  for (const { path, line } of located) {
    const name = nameOf(path, cwd)
    if (line !== undefined && !whole.has(name)) lines.set(name, [...(lines.get(name) ?? []), line])
  }
  return { paths: [...new Set(located.map(({ path }) => path))], lines }
}

function nameOf(path: string, cwd: string): string {
  return relative(cwd, resolve(cwd, path)).replaceAll('\\', '/')
}
