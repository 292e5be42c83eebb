import type { Clock } from '../model/clock.ts'
import type { Transport } from './send.ts'

export interface UndiciTransportOptions {
  readonly clock: Clock
  readonly timeouts: { readonly connectMs: number; readonly headersMs: number; readonly bodyMs: number }
  /** Largest body that is read, in bytes after decompression. */
  readonly answerBytes: number
}

/** HTTP over sockets that are kept alive. Load this module only where there is a remote target: undici takes its time to import. */
export declare function undiciTransport(options: UndiciTransportOptions): Promise<Transport & { readonly close: () => Promise<void> }>
