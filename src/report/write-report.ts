import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Pieces are gathered to about this many characters before they are written. */
const CHUNK_LENGTH = 1_000_000

/**
 * Writes a report from its pieces, and makes the folders that it needs. It goes to another file beside it first and takes its
 * place when it is whole and on disk: whatever happens in between, the old report stays as it was. A device or a pipe is written
 * directly. Rejects with an error that names the file and the reason, e.g. that the disk is full.
 *
 * Pieces, since one string of a large run (as `write-file-atomic` wants it) stands in memory twice.
 */
export async function writeReport(file: string, pieces: Iterable<string>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    const target = await existing(file)
    if (target.isReplaceable) await replace(target.path, pieces)
    else await withFile(target.path, constants.O_WRONLY, (handle) => writeAll(handle, pieces))
  } catch (error) {
    throw new Error(`cannot write "${file}": ${reasonOf(error)}`, { cause: error })
  }
}

interface Target {
  /** With links followed, so that a link stays one. */
  readonly path: string
  readonly isReplaceable: boolean
}

async function existing(file: string): Promise<Target> {
  try {
    const path = await realpath(file)
    const stats = await stat(path)
    return { path, isReplaceable: stats.isFile() || stats.isDirectory() }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { path: file, isReplaceable: true }
    throw error
  }
}

async function replace(path: string, pieces: Iterable<string>): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.tmp`)
  try {
    await withFile(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, async (handle) => {
      await writeAll(handle, pieces)
      await handle.sync()
    })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function withFile(path: string, flags: number, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags)
  try {
    await use(handle)
  } finally {
    await handle.close()
  }
}

async function writeAll(handle: FileHandle, pieces: Iterable<string>): Promise<void> {
  for (const chunk of chunks(pieces)) await handle.writeFile(chunk)
}

function* chunks(pieces: Iterable<string>): Generator<string> {
  let chunk: string[] = []
  let length = 0
  for (const piece of pieces) {
    chunk.push(piece)
    length += piece.length
    if (length < CHUNK_LENGTH) continue
    yield chunk.join('')
    chunk = []
    length = 0
  }
  yield chunk.join('')
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'the permission to write there is missing',
  EPERM: 'the permission to write there is missing',
  EROFS: 'the disk can only be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a part of its path is no folder',
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  const reason = code === undefined ? undefined : REASONS[code]
  if (reason !== undefined) return `${reason} (${code})`
  return error instanceof Error ? error.message : String(error)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
