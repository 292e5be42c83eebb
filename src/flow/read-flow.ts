import type { Flow } from './flow.ts'

/**
 * Reads a flow file. Always yields a flow, as far as it can be read: what is wrong stands in `flow.diagnosis`, all of it at once.
 * Where not even a `flowId` can be read, it is the file's name without its extensions. `file` stands in places.
 */
export declare function readFlow(text: string, file: string): Flow
