import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isJsonObject, type Json } from '../model/json.ts'

/** Who works in a folder. */
interface Holder {
  readonly pid: number
  readonly hostname: string
  /** When the process began, as the system counts it; absent where the system does not tell. Another process may get the same number later. */
  readonly processStart?: string
}

/** A lock that was taken, or the process that has it. */
export type FolderLock = { readonly release: () => void; readonly heldBy?: never } | { readonly heldBy: number; readonly release?: never }

/** The lock's file, in the folder. */
export const LOCK_NAME = '.cxspec.lock'

/**
 * Takes a folder for one run. A lock whose process is gone, or that was taken on another machine (such as a container that is gone), does not
 * count. Where the file system knows no links, nothing is locked. Throws what the file system says where the folder cannot be written.
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, LOCK_NAME)
  const own = JSON.stringify({ pid: process.pid, hostname: hostname(), ...startOf(process.pid) } satisfies Holder)
  for (;;) {
    if (take(path, own)) return { release: () => remove(path, own) }
    const found = read(path)
    const holder = holderOf(found)
    if (holder && isAlive(holder)) return { heldBy: holder.pid }
    if (found !== undefined) remove(path, found)
  }
}

/** The file is whole as soon as it is there: a process that dies meanwhile leaves no half of it. */
function take(path: string, text: string): boolean {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, text)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    return codeOf(error) !== 'EEXIST'
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Removes the lock if it still says `text`; one that another process has put there meanwhile goes back. */
function remove(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (read(aside) !== text) linkSync(aside, path)
  } catch {
    // Somebody else was faster.
  }
  rmSync(aside, { force: true })
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function holderOf(text: string | undefined): Holder | undefined {
  const value = parse(text ?? '')
  if (!isJsonObject(value)) return undefined
  const { pid, hostname: host, processStart } = value
  if (typeof pid !== 'number' || typeof host !== 'string') return undefined
  return { pid, hostname: host, ...(typeof processStart === 'string' && { processStart }) }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isAlive({ pid, hostname: host, processStart }: Holder): boolean {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  return processStart === startOf(pid).processStart
}

/** Linux tells it as the 22nd field of `/proc/PID/stat`; the second, a name in brackets, may hold anything. */
function startOf(pid: number): { readonly processStart?: string } {
  const start = read(`/proc/${pid}/stat`)?.split(')').at(-1)?.trim().split(' ')[19]
  return start === undefined ? {} : { processStart: start }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
