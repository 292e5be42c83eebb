import type { ClientOptions } from './client-options.ts'
import type { Client } from './send.ts'

/** A target that is ready to be called. Opens nothing before the first request. */
export declare function createClient(options: ClientOptions): Client
