import type { Execution } from '../api/resources/data-actions.ts'
import type { Inbox } from '../model/inbox.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { Stop, type StopSignal, stopAtAny } from '../model/stop-signal.ts'
import type { StepContext } from './step-kind.ts'

/** How an execution ended, as the target posted it. */
interface CalledBack {
  readonly execution: Execution
  /** Since somebody waited for it. */
  readonly afterMs: number
}

interface Delivery extends Execution {
  /** Absent where the target leaves it out: the box is for one execution only. */
  readonly executionId?: string
}

const ENDED = ['COMPLETED', 'FAILED']

/** Ends that come before the answer that tells which execution it is; nobody sends more, unless something is wrong there. */
const MOST_EARLY = 20

/** Where the target posts how an execution ended: once, several times, or never. The first end counts. */
export interface CallbackBox {
  readonly url: string
  /** Resolves once the end of this execution has been posted, or with `undefined` when the time is over; rejects with the signal's reason. */
  readonly endOf: (executionId: string, withinMs: number) => Promise<CalledBack | undefined>
}

/** Opens a box that is closed with the step. Rejects with a `ProblemError` where nothing can listen. */
export async function openCallbackBox(context: StepContext): Promise<CallbackBox> {
  const ends: Delivery[] = []
  const arrived = new Stop()
  let expected: string | undefined
  const isOurs = ({ executionId }: Delivery): boolean => executionId === undefined || executionId === expected
  const inbox: Inbox = await context.openInbox((body) => {
    const delivery = deliveryOf(body)
    if (!delivery || (expected !== undefined && !isOurs(delivery))) return false
    if (ENDED.includes(delivery.status) && ends.length < MOST_EARLY) ends.push(delivery)
    if (expected !== undefined && ends.length > 0) arrived.abort()
    return true
  })
  return {
    url: inbox.url,
    endOf: async (executionId, withinMs) => {
      const { clock } = context
      const startedAtMs = clock.now()
      expected = executionId
      if (!ends.some(isOurs)) await parkUntil(arrived, withinMs, context)
      const execution = ends.find(isOurs)
      return execution && { execution, afterMs: clock.now() - startedAtMs }
    },
  }
}

async function parkUntil(arrived: StopSignal, withinMs: number, { clock, signal, park }: StepContext): Promise<void> {
  await park(() =>
    clock.sleep(withinMs, stopAtAny([signal, arrived])).catch((reason: unknown) => {
      if (signal.aborted) throw signal.reason
      if (!arrived.aborted) throw reason
    }),
  )
}

function deliveryOf(body: Json): Delivery | undefined {
  if (!isJsonObject(body)) return undefined
  const { executionId, status, result, error } = body
  if (typeof status !== 'string' || (executionId !== undefined && typeof executionId !== 'string')) return undefined
  return {
    status,
    ...(executionId === undefined ? {} : { executionId }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
  }
}
