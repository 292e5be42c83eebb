import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { calledFlows } from '../flow/coverage/edition.ts'
import { compareLibraries } from '../flow/impact/compare-flows.ts'
import type { FlowChange } from '../flow/impact/flow-change.ts'
import type { Library } from '../flow/library.ts'
import { loadLibrary } from '../flow/load-library.ts'
import type { Fault } from '../model/fault.ts'
import { type AnalyzedFlows, analyzedFlows } from './analyzed-flows.ts'

/** Two versions of flows, and how they differ. */
export interface ComparedFlows {
  readonly before: Library
  readonly after: Library
  readonly changes: readonly FlowChange[]
  /** What could not be read. */
  readonly faults: readonly Fault[]
}

/**
 * Reads two versions of flows, each a file, a folder, or the id of a flow below `folders`, and compares them together with what they call.
 * Where one side is a single flow and the other a folder, the folder's other flows are left out. Throws a `FaultError` for what is not there.
 */
export function compareVersions(old: string, now: readonly string[], folders: readonly string[], cwd: string): ComparedFlows {
  const [before, after] = [readSide([old], folders, cwd), readSide(now, folders, cwd)]
  const asked = before.isWhole === after.isWhole ? [before, after] : [before, after].filter(({ isWhole }) => !isWhole)
  const flowIds = withCalled(asked, [before.library, after.library])
  return {
    before: before.library,
    after: after.library,
    changes: compareLibraries(before.library, after.library, flowIds),
    faults: [...before.faults, ...after.faults],
  }
}

interface Side extends AnalyzedFlows {
  /** It is all the flows that there are, so that others are new or gone. */
  readonly isWhole: boolean
}

/** Folders stand for themselves; a file is completed with what stands around it. */
function readSide(names: readonly string[], folders: readonly string[], cwd: string): Side {
  if (!names.every((name) => isFolder(name, cwd))) return { ...analyzedFlows(names, folders, cwd), isWhole: false }
  const { flows, faults } = loadLibrary(names, cwd)
  return { flows: [...flows.values()], library: flows, faults, isWhole: true }
}

function isFolder(name: string, cwd: string): boolean {
  return statSync(resolve(cwd, name), { throwIfNoEntry: false })?.isDirectory() ?? false
}

function withCalled(asked: readonly AnalyzedFlows[], libraries: readonly Library[]): ReadonlySet<string> {
  const found = new Set(asked.flatMap(({ flows }) => flows.map(({ flowId }) => flowId)))
  for (const flowId of found) {
    for (const library of libraries) for (const called of calledFlows(library.get(flowId) ?? { nodes: new Map() })) found.add(called)
  }
  return found
}
