import type { Fault } from '../model/fault.ts'

export interface FoundFiles {
  /** Relative to the root, with forward slashes, sorted, each once. */
  readonly files: readonly string[]
  /** What was found or named and must not be read. */
  readonly refused: readonly { readonly file: string; readonly faults: readonly Fault[] }[]
}

/**
 * The scenario files (`*.cxspec.yaml`, `*.cxspec.yml`) below folders, at paths and behind globs, all relative to `root`
 * (absolute) and never outside it. A path that does not exist is refused; a glob or folder without files yields none.
 */
export declare function findScenarioFiles(paths: readonly string[], root: string): FoundFiles
