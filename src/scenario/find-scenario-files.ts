import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Fault } from '../model/fault.ts'
import { isBelow } from '../yaml/text-folder.ts'
import { isGlob, isScenarioFile, type OnClosed, searchFolder, searchGlob, slashed } from './search-below.ts'

export interface FoundFiles {
  /** Relative to the root, with forward slashes, sorted, each once. */
  readonly files: readonly string[]
  /** What was named and cannot be used. */
  readonly refused: readonly RefusedFile[]
}

interface RefusedFile {
  readonly file: string
  readonly faults: readonly Fault[]
}

const EMPTY_PATH = '""'

/**
 * The scenario files (`*.cxspec.yaml`, `*.cxspec.yml`) in folders, at paths and behind globs, all relative to `root`
 * (absolute) and never outside of it. Hidden folders, node_modules and links to folders are not searched. A path that does not
 * exist is refused, and so is every folder that may not be read; a glob or a folder without files yields none. A link, pipe or device with such a name counts as
 * a file, so that whoever reads it says what is wrong with it.
 */
export function findScenarioFiles(paths: readonly string[], root: string): FoundFiles {
  const files = new Set<string>()
  const refused: RefusedFile[] = []
  const closed = new Map<string, RefusedFile>()
  const onClosed = (folder: string): unknown => closed.set(folder, unreadable(folder))
  for (const path of paths) {
    const found = find(slashed(isAbsolute(path) ? relative(root, path) || '.' : path), root, onClosed)
    if (found.fault) refused.push({ file: path || EMPTY_PATH, faults: [found.fault] })
    for (const file of found.files) files.add(file)
  }
  return { files: [...files].sort(), refused: [...refused, ...closed.values()] }
}

interface Found {
  readonly files: readonly string[]
  readonly fault?: Fault
}

function find(path: string, root: string, onClosed: OnClosed): Found {
  if (path === '') return refusal(missing(EMPTY_PATH))
  const absolute = resolve(root, path)
  if (absolute !== resolve(root) && !isBelow(root, absolute)) return refusal(outside(path))
  const stats = statsOf(absolute)
  if (!stats) return isGlob(path) ? { files: searchGlob(root, path, onClosed) } : findOdd(path, absolute)
  if (stats.isDirectory()) return isInside(absolute, root) ? { files: searchFolder(root, path, onClosed) } : refusal(outside(path))
  return named(path, absolute, root)
}

/** What is there and cannot be looked at (a broken link) is left to whoever reads it. */
function findOdd(path: string, absolute: string): Found {
  const isThere = readableNames(resolve(absolute, '..')).includes(absolute.slice(absolute.lastIndexOf(sep) + 1))
  return isThere && isScenarioFile(path) ? { files: [path] } : refusal(missing(path))
}

function named(path: string, absolute: string, root: string): Found {
  return isScenarioFile(path) ? { files: [slashed(relative(root, absolute))] } : refusal(notAScenarioFile(path))
}

function isInside(folder: string, root: string): boolean {
  const real = realpathSync(folder)
  const realRoot = realpathSync(root)
  return real === realRoot || isBelow(realRoot, real)
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function readableNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function refusal(fault: Fault): Found {
  return { files: [], fault }
}

function outside(path: string): Fault {
  return {
    code: 'OUTSIDE_ROOT',
    message: `${path} leads out of the folder in which the command runs`,
    advice: 'run the command further up',
  }
}

function missing(path: string): Fault {
  return {
    code: 'NO_SUCH_FILE',
    message: `there is no file or folder ${path}`,
    expected: 'a folder, a scenario file or a glob, relative to the working directory',
    advice: 'check the path; `cxspec init` writes first scenarios',
  }
}

function unreadable(folder: string): RefusedFile {
  const message = `the folder ${folder} cannot be read: permission denied`
  return { file: folder, faults: [{ code: 'UNREADABLE', message, advice: 'check the permissions of the folder' }] }
}

function notAScenarioFile(path: string): Fault {
  return {
    code: 'NOT_A_SCENARIO_FILE',
    message: `${path} is not named like a scenario file`,
    expected: 'a name that ends in .cxspec.yaml or .cxspec.yml',
  }
}
