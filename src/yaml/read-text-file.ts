import type { Reading } from '../model/reading.ts'

/**
 * Reads a text file below `root` (absolute) and checks what a hostile tree may hold: the file must be a regular file, really
 * below `root` (links are followed and judged by where they lead), within the bound on size, and valid UTF-8 (a byte order
 * mark is dropped) without NUL. `file` is relative to `root`, with forward slashes, and stands in the faults.
 */
export declare function readTextFile(file: string, root: string): Reading<string>
