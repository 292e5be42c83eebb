import type { ApiAnswer, ApiRequest, Send } from '../../src/api/send.ts'
import type { Json } from '../../src/model/json.ts'
import type { JobChange, StepContext } from '../../src/steps/step-kind.ts'
import { FakeClock } from './fake-clock.ts'

/** What a target in memory answers to a request; it may throw instead. */
export type Answerer = (request: ApiRequest) => Json | Promise<Json>

/** A step's world for tests: what it sent, which jobs it told of, and how often it was parked. */
export interface TestContext extends StepContext {
  readonly clock: FakeClock
  readonly sent: ApiRequest[]
  readonly jobs: JobChange[]
  readonly counts: { parked: number; jobsOpen: number }
}

/** A context whose clock jumps to the next sleeper by itself, and whose target answers as told, with status 200 and without delay. */
export function testContext(answer: Answerer, more: Partial<StepContext> & { readonly clock?: FakeClock } = {}): TestContext {
  const sent: ApiRequest[] = []
  const jobs: JobChange[] = []
  const counts = { parked: 0, jobsOpen: 0 }
  const shared = new Map<string, unknown>()
  return {
    clock: new FakeClock({ auto: true }),
    signal: new AbortController().signal,
    withinMs: undefined,
    send: answering(answer, sent),
    park: async (wait) => {
      counts.parked += 1
      return wait()
    },
    openJob: async (work) => {
      counts.jobsOpen += 1
      try {
        return await work()
      } finally {
        counts.jobsOpen -= 1
      }
    },
    job: (change) => jobs.push(change),
    shared: <T>(name: string, make: () => T): T => {
      if (!shared.has(name)) shared.set(name, make())
      return shared.get(name) as T
    },
    ...more,
    sent,
    jobs,
    counts,
  }
}

function answering(answer: Answerer, sent: ApiRequest[]): Send {
  return async (request): Promise<ApiAnswer> => {
    sent.push(request)
    return { status: 200, headers: {}, body: await answer(request), latencyMs: 1, attempts: 1 }
  }
}
