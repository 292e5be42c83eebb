import { isDeepStrictEqual } from 'node:util'
import type { Trace, Visit } from '../../model/trace.ts'

/** How a call differs between two versions: it goes another way, or does something else on the same way. */
export type TraceDifference = Rerouted | { readonly kind: 'changed' }

/** The call goes another way. */
export interface Rerouted {
  readonly kind: 'rerouted'
  /** How many visits both have in common. */
  readonly common: number
  /** The first visit that differs; absent: that call had ended. */
  readonly before?: string
  readonly after?: string
}

/** Compares two calls: their ways first, then what they did there. Times do not count. `undefined` where nothing differs. */
export function compareTraces(before: Trace, after: Trace): TraceDifference | undefined {
  const longest = Math.max(before.visits.length, after.visits.length)
  for (let index = 0; index < longest; index += 1) {
    const [old, now] = [before.visits[index], after.visits[index]]
    if (old?.node !== now?.node)
      return { kind: 'rerouted', common: index, ...(old ? { before: old.node } : {}), ...(now ? { after: now.node } : {}) }
  }
  return isSame(before, after) ? undefined : { kind: 'changed' }
}

function isSame(before: Trace, after: Trace): boolean {
  return (
    before.status === after.status &&
    isDeepStrictEqual(before.variables, after.variables) &&
    before.visits.every((visit, index) => isSameVisit(visit, after.visits[index]))
  )
}

/** What one of the two traces does not tell is no difference. */
function isSameVisit(before: Visit, after: Visit | undefined): boolean {
  const names = ['type', 'branch', 'input', 'target', 'status', 'exception', 'variables'] as const
  return names.every((name) => {
    const [old, now] = [before[name], after?.[name]]
    return old === undefined || now === undefined ? (name !== 'target' && name !== 'exception') || old === now : isDeepStrictEqual(old, now)
  })
}
