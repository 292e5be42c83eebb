import type { Fault } from '../model/fault.ts'
import type { Flow } from './flow.ts'

/** Flows by their id: what an emulator serves, and what sub-flows are looked up in. */
export type Library = ReadonlyMap<string, Flow>

export interface LoadedLibrary {
  readonly flows: Library
  /** Files that give no flow at all: unreadable, without a usable `flowId`, or with one that an earlier file has. What is wrong inside a flow stands in its diagnosis. */
  readonly faults: readonly Fault[]
}

/** Reads every `*.flow.yaml`, `*.flow.yml` and `*.flow.json` below the folders (relative to `root`), in the order of their names. Nothing is thrown for a bad file. */
export declare function loadLibrary(folders: readonly string[], root: string): LoadedLibrary

/** A library of flows at hand, for tests and for programs. Throws a `FaultError` for two flows of the same id. */
export declare function createLibrary(flows: readonly Flow[]): Library
