import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Fault, FaultError } from '../model/fault.ts'

/**
 * Makes the folders that files shall go to, before anything else is done. Throws a `FaultError` that names each one that cannot be
 * made.
 */
export function makeFolders(folders: readonly string[]): void {
  const faults = [...new Set(folders)].flatMap(makeFolder)
  if (faults.length > 0) throw new FaultError(faults)
}

function makeFolder(folder: string): Fault[] {
  try {
    make(folder)
    return []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [
      {
        code: 'CANNOT_WRITE',
        message: `the folder ${folder} cannot be made: ${why}`,
        advice: 'choose another folder, or make room for it',
      },
    ]
  }
}

/** Step by step: where the system makes no folders at all (/proc), `mkdirSync` with `recursive` never comes back. */
function make(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (dirname(folder) !== folder) make(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}
