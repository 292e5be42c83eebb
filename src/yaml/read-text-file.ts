import type { Reading } from '../model/reading.ts'
import { TextFolder } from './text-folder.ts'

/** Reads one text file below `root` (absolute) with all the care of {@link TextFolder}, which is cheaper for many files. */
export function readTextFile(file: string, root: string, maxBytes?: number): Reading<string> {
  return new TextFolder(root, maxBytes).readText(file)
}
