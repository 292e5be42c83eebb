import { readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Fault } from '../model/fault.ts'
import { TextFolder } from '../yaml/text-folder.ts'
import type { Flow } from './flow.ts'
import { FLOW_EXTENSIONS } from './flow-id.ts'
import { gatherFlows, type Library } from './library.ts'
import { readFlow } from './read-flow.ts'

export interface LoadedLibrary {
  readonly flows: Library
  /** What gives no flow at all: a folder that does not exist, a file that cannot be read, a `flowId` that is taken. What is wrong inside a flow stands in its diagnosis. */
  readonly faults: readonly Fault[]
}

/** Reads every `*.flow.yaml`, `*.flow.yml` and `*.flow.json` below the folders (relative to `root`, or absolute), in the order of their names. Never throws for what stands there. */
export function loadLibrary(folders: readonly string[], root: string): LoadedLibrary {
  const faults: Fault[] = []
  const flows = new Map<string, Flow>()
  for (const folder of folders.map((name) => resolve(root, name))) {
    const texts = new TextFolder(folder)
    for (const file of findFlows(folder, root, faults)) {
      const path = join(folder, file)
      const shown = shownName(path, root)
      const text = texts.readText(file)
      if (text.faults)
        faults.push(...text.faults.map((fault) => ({ ...fault, place: { line: 1, column: 1, ...fault.place, file: shown } })))
      else if (!flows.has(path)) flows.set(path, readFlow(text.value, shown))
    }
  }
  const { library, faults: duplicates } = gatherFlows([...flows.values()])
  return { flows: library, faults: [...faults, ...duplicates] }
}

/** Whatever has the name of a flow and is no folder: whoever reads a link, a pipe or a device says what is wrong with it. Links to folders are not searched. */
function findFlows(folder: string, root: string, faults: Fault[]): string[] {
  try {
    return filesBelow(folder)
      .filter((path) => FLOW_EXTENSIONS.some((extension) => path.endsWith(extension)))
      .map((path) => relative(folder, path))
      .toSorted()
  } catch (error) {
    faults.push(unusable(shownName(folder, root), error))
    return []
  }
}

/** Not the recursion of `readdirSync`, which follows links to folders from Node 22 on, round and round. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

function unusable(folder: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
  return {
    code: isMissing ? 'NO_SUCH_FOLDER' : 'UNREADABLE',
    message: isMissing ? `there is no folder ${folder}` : `the folder ${folder} cannot be read${code ? ` (${code})` : ''}`,
    expected: `a folder of flows: ${FLOW_EXTENSIONS.map((extension) => `*${extension}`).join(', ')}`,
  }
}

function shownName(path: string, root: string): string {
  return relative(root, path).split(sep).join('/') || '.'
}
