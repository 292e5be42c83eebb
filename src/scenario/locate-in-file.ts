import type { Place, Pointer } from '../model/place.ts'
import { type Locator, openLocator } from '../yaml/locate.ts'
import { readTextFile } from '../yaml/read-text-file.ts'

/** Where a part of a scenario file stands, for findings. `undefined` where the file cannot be read any more. */
export type LocateInFile = (file: string, pointer: Pointer) => Place | undefined

/** Finds places in the scenario files below `root` (absolute), parsing a file again when it is asked for; the last few are kept. */
export function fileLocator(root: string): LocateInFile {
  const opened = new Map<string, Locator | undefined>()
  return (file, pointer) => {
    if (!opened.has(file)) keep(opened, file, open(file, root))
    return opened.get(file)?.placeOf(pointer)
  }
}

const MAX_KEPT = 8

function keep(opened: Map<string, Locator | undefined>, file: string, locator: Locator | undefined): void {
  const oldest = opened.size >= MAX_KEPT ? opened.keys().next().value : undefined
  if (oldest !== undefined) opened.delete(oldest)
  opened.set(file, locator)
}

function open(file: string, root: string): Locator | undefined {
  const text = readTextFile(file, root)
  return text.faults ? undefined : openLocator(text.value, file)
}
