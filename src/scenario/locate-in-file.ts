import type { Place, Pointer } from '../model/place.ts'

/** Where a part of a scenario file stands, for findings: reads and parses the file again. `undefined` where it cannot be read any more. */
export declare function locateInFile(file: string, pointer: Pointer, root: string): Place | undefined
