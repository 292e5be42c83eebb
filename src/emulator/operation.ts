import type { ApiName } from '../model/api-names.ts'
import type { EmulatorAnswer, EmulatorRequest } from './exchange.ts'
import type { Disturbance } from './faults/disturbance.ts'
import type { OpenEntry } from './history.ts'
import type { World } from './world.ts'

/** One method of one resource. A new one is a file under `resources/` and a line in `operations.ts`. */
export interface Operation {
  /** Names it in the history, in fault plans, in limits and in latencies. */
  readonly api: ApiName | 'token' | 'admin'
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Each with `:name` for a variable segment. */
  readonly paths: readonly string[]
  /** The scopes of the token without which the answer is 401 or 403; `anyone`: no token; `local`: no token, but only from this machine, and never disturbed or recorded. */
  readonly access: { readonly scopes: readonly string[] } | 'anyone' | 'local'
  /** Does what is asked. Throws a `Refusal` where it cannot, or rejects with it. */
  readonly answer: (exchange: Exchange, world: World) => EmulatorAnswer | Promise<EmulatorAnswer>
}

/** A request on its way through an operation. */
export interface Exchange {
  readonly request: EmulatorRequest
  /** The variable segments of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>
  readonly query: URLSearchParams
  /** Absent for operations that are not recorded. */
  readonly entry?: OpenEntry
  readonly disturbance?: Disturbance | undefined
}

/** The value of a variable segment. Throws where the operation's path has no such segment. */
export function pathParameter(exchange: Exchange, name: string): string {
  const value = exchange.params[name]
  if (value === undefined) throw new Error(`no path parameter "${name}"`)
  return value
}
