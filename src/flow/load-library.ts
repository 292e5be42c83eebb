import type { Fault } from '../model/fault.ts'
import { MAX_FLOW_BYTES } from '../yaml/limits.ts'
import { textsBelow } from '../yaml/texts-below.ts'
import type { Flow } from './flow.ts'
import { FLOW_EXTENSIONS } from './flow-id.ts'
import { gatherFlows, type Library } from './library.ts'
import { readFlow } from './read-flow.ts'

export interface LoadedLibrary {
  readonly flows: Library
  /** What gives no flow at all: a folder that does not exist, a file that cannot be read, a `flowId` that is taken. What is wrong inside a flow stands in its diagnosis. */
  readonly faults: readonly Fault[]
}

/**
 * Reads every `*.flow.yaml`, `*.flow.yml` and `*.flow.json` below the folders (relative to `root`, or absolute), in the order of their
 * names; those that are `known`, by their file, are taken as they are. Never throws for what stands there.
 */
export function loadLibrary(folders: readonly string[], root: string, known: ReadonlyMap<string, Flow> = new Map()): LoadedLibrary {
  const { files, faults } = textsBelow(folders, root, {
    extensions: FLOW_EXTENSIONS,
    folder: 'a folder of flows',
    maxBytes: MAX_FLOW_BYTES,
  })
  const { library, faults: duplicates } = gatherFlows(files.map(({ file, text }) => known.get(file) ?? readFlow(text, file)))
  return { flows: library, faults: [...faults, ...duplicates] }
}
