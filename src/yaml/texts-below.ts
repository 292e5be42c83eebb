import { readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Fault } from '../model/fault.ts'
import { TextFolder } from './text-folder.ts'

/** The files that are looked for. */
export interface TextKind {
  /** Ends of their names, e.g. `.flow.yaml`. */
  readonly extensions: readonly string[]
  /** What such a folder is, for who names one that is not there, e.g. `a folder of flows`. */
  readonly folder: string
  /** Largest file that is read, in bytes. @default MAX_FILE_BYTES */
  readonly maxBytes?: number
}

export interface TextFile {
  /** Relative to `root`, with forward slashes. */
  readonly file: string
  readonly text: string
}

export interface TextsBelow {
  readonly files: readonly TextFile[]
  /** Folders that are not there or cannot be read, which have no place, and files that cannot be read. */
  readonly faults: readonly Fault[]
}

/**
 * Reads every file of a kind below the folders (relative to `root`, or absolute), in the order of their names and each once. Links to
 * folders are not followed. Never throws for what stands there.
 */
export function textsBelow(folders: readonly string[], root: string, kind: TextKind): TextsBelow {
  const faults: Fault[] = []
  const files = new Map<string, TextFile>()
  for (const folder of folders.map((name) => resolve(root, name))) {
    const texts = new TextFolder(folder, kind.maxBytes)
    for (const name of namesBelow(folder, root, kind, faults)) {
      const path = join(folder, name)
      const file = shownName(path, root)
      const text = texts.readText(name)
      if (text.faults) faults.push(...text.faults.map((fault) => ({ ...fault, place: { line: 1, column: 1, ...fault.place, file } })))
      else if (!files.has(path)) files.set(path, { file, text: text.value })
    }
  }
  return { files: [...files.values()], faults }
}

/** Whatever has such a name and is no folder: whoever reads a link, a pipe or a device says what is wrong with it. */
function namesBelow(folder: string, root: string, kind: TextKind, faults: Fault[]): string[] {
  try {
    return filesBelow(folder)
      .filter((path) => kind.extensions.some((extension) => path.endsWith(extension)))
      .map((path) => relative(folder, path))
      .toSorted()
  } catch (error) {
    faults.push(unusable(shownName(folder, root), kind, error))
    return []
  }
}

/** Not the recursion of `readdirSync`, which follows links to folders from Node 22 on, round and round. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

function unusable(folder: string, kind: TextKind, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
  return {
    code: isMissing ? 'NO_SUCH_FOLDER' : 'UNREADABLE',
    message: isMissing ? `there is no folder ${folder}` : `the folder ${folder} cannot be read${code ? ` (${code})` : ''}`,
    expected: `${kind.folder}: ${kind.extensions.map((extension) => `*${extension}`).join(', ')}`,
  }
}

function shownName(path: string, root: string): string {
  return relative(root, path).split(sep).join('/') || '.'
}
