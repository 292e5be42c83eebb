import { randomUUID } from 'node:crypto'
import { accessSync, closeSync, constants, openSync, realpathSync, rmSync, type Stats, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Fault, FaultError } from '../model/fault.ts'

/**
 * Tries whether each of the files can be written in the way that reports are, so that nobody learns of it after a night of calls. Its folder
 * must be there. Throws a `FaultError` that names each file that cannot be written, and why.
 */
export function checkWritable(files: readonly string[]): void {
  const faults = files.flatMap(faultOf)
  if (faults.length > 0) throw new FaultError(faults)
}

function faultOf(file: string): Fault[] {
  try {
    attempt(file)
    return []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [{ code: 'CANNOT_WRITE', message: `the report ${file} cannot be written: ${why}`, advice: 'choose another file' }]
  }
}

function attempt(file: string): void {
  const there = statSync(file, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw new Error('it is a folder')
  if (there && isDevice(there)) accessSync(file, constants.W_OK)
  else makeAndRemove(dirname(there ? realpathSync(file) : file))
}

function isDevice(there: Stats): boolean {
  return !there.isFile()
}

/** A report goes to another file first, which then takes its place: so the folder must take new files. */
function makeAndRemove(folder: string): void {
  const file = join(folder, `.${randomUUID()}.tmp`)
  closeSync(openSync(file, 'wx'))
  rmSync(file)
}
