import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import type { RunEvent } from '../../src/model/event.ts'
import type { Reporter } from '../../src/model/reporter.ts'
import type { NotificationKind } from '../../src/webhooks/notification.ts'
import { createNotifier } from '../../src/webhooks/notifier.ts'
import type { WebhookPost } from '../../src/webhooks/poster.ts'
import { signatureFault } from '../../src/webhooks/signature.ts'
import { FakeClock } from '../support/fake-clock.ts'

const key = randomBytes(32)
const runId = '00000000-0000-4000-8000-000000000000'
const scenario = 'a.cxspec.yaml#one'

const started: RunEvent = {
  type: 'run-started',
  atMs: 0,
  runId,
  startedAt: '2026-01-02T03:04:05.000Z',
  version: '0.0.0',
  target: { name: 'staging', baseUrl: 'https://cxone.example.test' },
  seed: 1,
  hostname: 'runner-1',
}

function changed(status: string, atMs = 10): RunEvent {
  return { type: 'job-changed', atMs, scenario, try: 1, step: 0, job: 'compile', subject: 'main-menu', id: 'c-1', status }
}

const story: readonly RunEvent[] = [
  started,
  changed('QUEUED', 10),
  changed('COMPLETED', 20),
  { type: 'job-changed', atMs: 30, scenario, try: 1, step: 1, job: 'simulation', id: 's-1', status: 'running' },
  { type: 'scenario-finished', atMs: 40, scenario, tries: 2, durationMs: 40, outcome: { status: 'passed' } },
  { type: 'scenario-finished', atMs: 41, scenario: 'b', tries: 1, durationMs: 1, outcome: { status: 'failed', findings: [] } },
  { type: 'file-refused', atMs: 42, file: 'c.cxspec.yaml', faults: [] },
  { type: 'run-finished', atMs: 1_500, exitCode: 2 },
]

interface Given {
  readonly kinds?: readonly NotificationKind[]
  /** The status of each answer, or why there is none. @default 200 */
  readonly answer?: (post: WebhookPost, count: number) => number | Promise<number>
}

interface Notified {
  readonly notifier: Reporter
  readonly clock: FakeClock
  readonly posts: WebhookPost[]
  readonly warnings: string[]
  bodies(): unknown[]
}

function notified({ kinds = ['compile-changed', 'run-started', 'run-finished'], answer = () => 200 }: Given = {}): Notified {
  const clock = new FakeClock({ auto: true })
  const posts: WebhookPost[] = []
  const warnings: string[] = []
  const notifier = createNotifier({
    subscribers: [{ url: 'https://chat.example.test/T0/secret-path?token=x', key, kinds }],
    clock,
    random: () => 0.5,
    post: async (post) => {
      posts.push(post)
      return { status: await answer(post, posts.length) }
    },
    warn: (text) => warnings.push(text),
  })
  return { notifier, clock, posts, warnings, bodies: () => posts.map(({ body }) => JSON.parse(body)) }
}

async function play(given: Notified, events: readonly RunEvent[] = story): Promise<Notified> {
  for (const event of events) given.notifier.on(event)
  await given.notifier.close()
  return given
}

describe('createNotifier', () => {
  it('tells of a run and of every change of a compilation, in order', async () => {
    const { bodies, warnings } = await play(notified())
    const counts = { passed: 1, failed: 1, errored: 0, skipped: 0, inconclusive: 0, notRun: 0, flaky: 1, filesRefused: 1 }
    expect(bodies()).to.deep.equal([
      { runId, status: 'started', target: 'staging', timestamp: '2026-01-02T03:04:05.000Z' },
      { flowId: 'main-menu', compileId: 'c-1', status: 'QUEUED', timestamp: '2026-01-02T03:04:05.010Z' },
      { flowId: 'main-menu', compileId: 'c-1', status: 'COMPLETED', timestamp: '2026-01-02T03:04:05.020Z' },
      { runId, status: 'finished', exitCode: 2, durationMs: 1_500, counts, timestamp: '2026-01-02T03:04:06.500Z' },
    ])
    expect(warnings).to.deep.equal([])
  })

  it('tells nobody what they did not ask for', async () => {
    const { bodies } = await play(notified({ kinds: ['run-finished'] }))
    expect(bodies()).to.have.length(1)
  })

  it('signs every try anew, with an id that stays the same', async () => {
    const { posts, clock } = await play(notified({ kinds: ['run-started'], answer: (_post, count) => (count < 3 ? 503 : 204) }))
    expect(posts).to.have.length(3)
    expect(new Set(posts.map(({ headers }) => headers['webhook-id']))).to.have.property('size', 1)
    for (const { headers, body } of posts) expect(signatureFault(key, headers, Buffer.from(body), clock.date())).to.equal(undefined)
  })

  it('gives every notification an id of its own', async () => {
    const { posts } = await play(notified())
    expect(new Set(posts.map(({ headers }) => headers['webhook-id']))).to.have.property('size', posts.length)
  })

  it('signs in a way that the library of the specification accepts', async () => {
    const { posts } = await play(notified({ kinds: ['run-started'] }))
    const [{ headers, body }] = posts as [WebhookPost]
    const judge = new Webhook(`whsec_${key.toString('base64')}`)
    const date = new Date(Number(headers['webhook-timestamp']) * 1_000)
    expect(judge.sign(headers['webhook-id'] ?? '', date, body)).to.equal(headers['webhook-signature'])
  })

  it('waits longer before each further try, and gives up after five', async () => {
    const { posts, clock, warnings } = await play(notified({ kinds: ['run-started'], answer: () => 500 }), [
      started,
      { type: 'run-finished', atMs: 1, exitCode: 0 },
    ])
    expect(posts).to.have.length(5)
    expect(clock.slept.filter((ms) => ms < 5_000)).to.deep.equal([187.5, 375, 750, 1_500])
    expect(warnings).to.deep.equal(['webhooks: one notification could not be delivered to https://chat.example.test: the answer was 500\n'])
  })

  it('says once why notifications were not delivered, without the address, where many keep a secret', async () => {
    const { warnings } = await play(notified({ answer: () => 400 }))
    expect(warnings).to.deep.equal(['webhooks: 4 notifications could not be delivered to https://chat.example.test: the answer was 400\n'])
  })

  for (const status of [400, 401, 404, 301]) {
    it(`does not try again after ${status}`, async () => {
      const { posts } = await play(notified({ kinds: ['run-started'], answer: () => status }))
      expect(posts).to.have.length(1)
    })
  }

  it('sends nothing more once the receiver says that it is gone', async () => {
    const { posts, warnings } = await play(notified({ answer: () => 410 }))
    expect(posts).to.have.length(1)
    expect(warnings[0]).to.include('4 notifications')
  })

  it('tries again where there was no answer at all', async () => {
    const refused = (_post: WebhookPost, count: number): number => {
      if (count < 3) throw new Error('connect ECONNREFUSED')
      return 200
    }
    const { posts, warnings } = await play(notified({ kinds: ['run-finished'], answer: refused }))
    expect(posts).to.have.length(3)
    expect(warnings).to.deep.equal([])
  })

  it('does not hold up the end of a run longer than five seconds, and says what was left', async () => {
    const hangs = ({ signal }: WebhookPost): Promise<number> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    const { clock, warnings } = await play(notified({ answer: hangs }))
    expect(clock.now()).to.equal(5_000)
    expect(warnings).to.deep.equal(['webhooks: 4 notifications could not be delivered to https://chat.example.test: the run had ended\n'])
  })

  it('holds up the end of an interrupted run for less than a second', async () => {
    const hangs = ({ signal }: WebhookPost): Promise<number> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    const interrupted: RunEvent = { type: 'run-finished', atMs: 5, exitCode: 130, interruption: 'the run was interrupted by SIGINT' }
    const { clock } = await play(notified({ answer: hangs }), [started, interrupted])
    expect(clock.now()).to.be.below(1_000)
  })

  it('keeps a bounded number waiting', async () => {
    const many = Array.from({ length: 3_000 }, () => changed('QUEUED'))
    const { posts, warnings } = await play(notified({ kinds: ['compile-changed'] }), many)
    expect(posts.length).to.be.within(1_000, 1_001)
    expect(warnings[0]).to.match(/^webhooks: (1999|2000) notifications could not be delivered to .*: too many were waiting\n$/)
  })

  it('delivers everything once and in order, however often it has to try', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(200, 429, 503), { maxLength: 40 }), async (statuses) => {
        let failures = 0
        const answer = (): number => {
          const status = failures >= 4 ? 200 : (statuses.shift() ?? 200)
          failures = status === 200 ? 0 : failures + 1
          return status
        }
        const events = Array.from({ length: 6 }, (_none, index) => changed(`S${index}`))
        const taken: string[] = []
        const given = notified({
          kinds: ['compile-changed'],
          answer: (post) => {
            const status = answer()
            if (status === 200) taken.push((JSON.parse(post.body) as { status: string }).status)
            return status
          },
        })
        for (const event of events) given.notifier.on(event)
        while (taken.length < 6) await new Promise((resolve) => setImmediate(resolve))
        await given.notifier.close()
        expect(taken).to.deep.equal(['S0', 'S1', 'S2', 'S3', 'S4', 'S5'])
      }),
      { numRuns: 30 },
    ))
})
