import type { Clock } from '../model/clock.ts'
import type { EmulatorRequest } from './exchange.ts'
import type { OpenEntry } from './history.ts'
import type { Operation } from './operation.ts'

/** What is known of a request before it is answered. `operation` is absent where there is none at the path. */
interface Known {
  readonly path: string
  readonly operation: Operation | undefined
  readonly correlationId: string
}

/** Recorded where there is no operation. */
const UNKNOWN = 'unknown'

/** The entry of a request that has just arrived. Neither query nor body are kept where a client's secret may stand in them. */
export function newEntry(
  { method, url, body }: EmulatorRequest,
  { path, operation, correlationId }: Known,
  clock: Clock,
): Omit<OpenEntry, 'id' | 'atOnce'> {
  const mayTell = typeof operation?.access === 'object'
  return {
    api: operation?.api ?? UNKNOWN,
    method,
    path: mayTell ? url : path,
    ...(mayTell && body !== undefined && body.length > 0 && { body: excerpt(body) }),
    correlationId,
    receivedAtMs: clock.now(),
    receivedAt: clock.date().toISOString(),
  }
}

const EXCERPT_BYTES = 2_000

/** A copy of the beginning: a slice of a large text would keep all of it in memory. */
function excerpt(body: string | Uint8Array): string {
  return Buffer.from(body.slice(0, EXCERPT_BYTES)).toString()
}
