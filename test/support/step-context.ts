import type { ApiAnswer, ApiRequest, Send } from '../../src/api/send.ts'
import type { Inbox, InboxCounts, TakeDelivery } from '../../src/model/inbox.ts'
import type { Json } from '../../src/model/json.ts'
import type { JobChange, JobNote, StepContext } from '../../src/steps/step-kind.ts'
import { FakeClock } from './fake-clock.ts'
import { stepSettings } from './step-settings.ts'

/** What a target in memory answers to a request; it may throw instead. */
export type Answerer = (request: ApiRequest) => Json | Promise<Json>

/** A step's world for tests: what it sent, which jobs it told of, and how often it was parked. */
export interface TestContext extends StepContext {
  readonly clock: FakeClock
  readonly sent: ApiRequest[]
  readonly jobs: JobChange[]
  /** The inboxes that were opened, in order. */
  readonly inboxes: TestInbox[]
  readonly notes: JobNote[]
  /** What the step registered to tidy up, and has not taken back. */
  readonly tidies: Parameters<StepContext['ifCut']>[0][]
  /** What is to be put back when the scenario is over. */
  readonly ends: Parameters<StepContext['atEnd']>[0][]
  readonly counts: { parked: number; jobsOpen: number }
}

/** An inbox without a network: what is delivered arrives at once. */
export class TestInbox implements Inbox {
  readonly url: string
  readonly counts: { -readonly [name in keyof InboxCounts]: number } = { taken: 0, refused: 0, late: 0 }
  isOpen = true
  readonly #take: TakeDelivery

  constructor(url: string, take: TakeDelivery) {
    this.url = url
    this.#take = take
  }

  /** Delivers a body; yields how the receiver would answer: 200 or 400. */
  deliver(body: Json): number {
    const kind = !this.isOpen ? 'late' : this.#take(body) ? 'taken' : 'refused'
    this.counts[kind] += 1
    return kind === 'refused' ? 400 : 200
  }

  close(): void {
    this.isOpen = false
  }
}

/** A context whose clock jumps to the next sleeper by itself, and whose target answers as told, with status 200 and without delay. */
export function testContext(answer: Answerer, more: Partial<StepContext> & { readonly clock?: FakeClock } = {}): TestContext {
  const sent: ApiRequest[] = []
  const jobs: JobChange[] = []
  const inboxes: TestInbox[] = []
  const notes: JobNote[] = []
  const tidies: TestContext['tidies'] = []
  const ends: TestContext['ends'] = []
  const counts = { parked: 0, jobsOpen: 0 }
  const shared = new Map<string, unknown>()
  return {
    clock: new FakeClock({ auto: true }),
    signal: new AbortController().signal,
    origin: { runId: '00000000-0000-4000-8000-000000000000', scenario: 'menu.cxspec.yaml#one', step: 0, try: 1 },
    seed: 1,
    random: () => 0.5,
    settings: stepSettings,
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
    openInbox: async (take) => {
      const inbox = new TestInbox(`http://127.0.0.1:4011/inboxes/${inboxes.length}`, take)
      inboxes.push(inbox)
      return inbox
    },
    note: (note) => notes.push(note),
    flowSeen: () => undefined,
    ifCut: (tidy) => {
      tidies.push(tidy)
      return () => tidies.splice(tidies.indexOf(tidy), 1)
    },
    atEnd: (putBack) => ends.push(putBack),
    shared: <T>(name: string, make: () => T): T => {
      if (!shared.has(name)) shared.set(name, make())
      return shared.get(name) as T
    },
    ...more,
    sent,
    jobs,
    inboxes,
    notes,
    tidies,
    ends,
    counts,
  }
}

function answering(answer: Answerer, sent: ApiRequest[]): Send {
  return async (request): Promise<ApiAnswer> => {
    sent.push(request)
    return { status: 200, headers: {}, body: await answer(request), latencyMs: 1, attempts: 1 }
  }
}
