import { existsSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { Flow } from '../flow/flow.ts'
import { gatherFlows, type Library } from '../flow/library.ts'
import { loadLibrary } from '../flow/load-library.ts'
import { readFlow } from '../flow/read-flow.ts'
import { suggestion } from '../flow/suggestion.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import { MAX_FLOW_BYTES } from '../yaml/limits.ts'
import { readTextFile } from '../yaml/read-text-file.ts'

/** Flows that are to be looked at, and all that they may call. */
export interface AnalyzedFlows {
  readonly flows: readonly Flow[]
  readonly library: Library
  /** What could not be read. */
  readonly faults: readonly Fault[]
}

/**
 * Reads the flows that are asked for: files, folders, or ids of flows below `folders` (the configured ones). Without any, all flows
 * below `folders`. What a file calls is looked for beside it and below `folders`. Throws a `FaultError` that names each that is not there.
 */
export function analyzedFlows(asked: readonly string[], folders: readonly string[], cwd: string): AnalyzedFlows {
  if (asked.length === 0) return all(folders, cwd)
  const paths = asked.filter((name) => existsSync(resolve(cwd, name)))
  const own = paths.map((name) => readPath(name, cwd))
  const around = [...paths.map((name) => dirname(resolve(cwd, name))), ...folders].filter((folder) => existsSync(resolve(cwd, folder)))
  const named = own.flatMap(({ flows }) => flows)
  const files = new Map(named.map((flow) => [flow.file, flow]))
  const found = loadLibrary([...new Set(around)], cwd, files)
  const library = gatherFlows([...named, ...[...found.flows.values()].filter(({ file }) => !files.has(file))]).library
  const ids = asked.filter((name) => !paths.includes(name))
  const unknown = ids.filter((id) => !library.has(id)).map((id) => noSuchFlow(id, library))
  if (unknown.length > 0) throw new FaultError(unknown)
  return { flows: [...named, ...ids.flatMap((id) => library.get(id) ?? [])], library, faults: own.flatMap(({ faults }) => faults) }
}

function all(folders: readonly string[], cwd: string): AnalyzedFlows {
  const { flows, faults } = loadLibrary(folders, cwd)
  return { flows: [...flows.values()], library: flows, faults }
}

interface Read {
  readonly flows: readonly Flow[]
  readonly faults: readonly Fault[]
}

/** A folder of flows, or a file whatever its name is. */
function readPath(name: string, cwd: string): Read {
  const path = resolve(cwd, name)
  const shown = shownName(path, cwd)
  const text = readTextFile(shown, cwd, MAX_FLOW_BYTES)
  if (text.value !== undefined) return { flows: [readFlow(text.value, shown)], faults: [] }
  const folder = loadLibrary([name], cwd)
  return folder.flows.size > 0 ? { flows: [...folder.flows.values()], faults: folder.faults } : { flows: [], faults: text.faults ?? [] }
}

function shownName(path: string, cwd: string): string {
  const below = relative(cwd, path)
  return (isAbsolute(below) ? path : below).split(sep).join('/')
}

function noSuchFlow(name: string, library: Library): Fault {
  return {
    code: 'NO_SUCH_FLOW',
    message: `there is no file, folder or flow ${JSON.stringify(name)}${suggestion(name, library.keys())}`,
    expected: 'a flow file, a folder, or the id of a flow below the configured folders (--flows)',
  }
}
