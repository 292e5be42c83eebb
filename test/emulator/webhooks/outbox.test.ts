import { expect } from 'chai'
import type { WebhookFaults } from '../../../src/emulator/faults/fault-plan.ts'
import type { OpenDelivery } from '../../../src/emulator/history.ts'
import type { Deliver } from '../../../src/emulator/webhooks/deliver.ts'
import { Outbox, type Webhook } from '../../../src/emulator/webhooks/outbox.ts'
import { resolveWebhooks, type WebhookOptions } from '../../../src/emulator/webhooks/webhook-options.ts'
import { FakeClock } from '../../support/fake-clock.ts'

interface Started {
  readonly outbox: Outbox
  readonly clock: FakeClock
  readonly records: OpenDelivery[]
  readonly closing: AbortController
  readonly post: (number: number, job?: string) => void
}

function start(deliver: Deliver, options: WebhookOptions = {}, webhooks: WebhookFaults = {}): Started {
  const clock = new FakeClock()
  const records: OpenDelivery[] = []
  const closing = new AbortController()
  const outbox = new Outbox({
    clock,
    deliver,
    settings: resolveWebhooks(options),
    faults: () => ({ seed: 1, webhooks }),
    record: (delivery) => records.push(delivery),
    closing: closing.signal,
  })
  const webhook = (number: number, job: string): Webhook => ({ id: `msg_${number}`, job, url: 'http://127.0.0.1:9/', body: `${number}` })
  return { outbox, clock, records, closing, post: (number, job = 'job') => outbox.post(webhook(number, job)) }
}

/** Answers with one status after the other, the last one for ever; 0 is a broken connection. */
function answering(...statuses: number[]): Deliver & { readonly bodies: string[] } {
  const bodies: string[] = []
  const deliver: Deliver = async ({ body }) => {
    const status = statuses[Math.min(bodies.push(body), statuses.length) - 1] ?? 0
    if (status === 0) throw new Error('connection reset')
    return { status }
  }
  return Object.assign(deliver, { bodies })
}

describe('Outbox', () => {
  it('delivers once where it is taken', async () => {
    const deliver = answering(200)
    const { clock, records, post } = start(deliver)
    post(1)
    await clock.advance(0)
    expect(deliver.bodies).to.deep.equal(['1'])
    expect(records).to.deep.equal([
      { id: 'msg_1', job: 'job', url: 'http://127.0.0.1:9/', body: '1', tries: [{ atMs: 0, status: 200 }], result: 'delivered' },
    ])
  })

  it('tries again with a wait that doubles where the receiver fails, is busy, or is not there', async () => {
    const { clock, records, post } = start(answering(503, 0, 429, 200), { backoffMs: 1_000 })
    post(1)
    await clock.advance(60_000)
    const [record] = records
    expect(record?.tries.map(({ status, error }) => status ?? error)).to.deep.equal([503, 'connection reset', 429, 200])
    expect(record?.result).to.equal('delivered')
    const waits = clock.slept
    for (const [index, waitMs] of waits.entries()) expect(waitMs).to.be.within(500 * 2 ** index, 1_000 * 2 ** index)
    expect(waits).to.have.length(3)
  })

  it('gives up after its last try, and at once where another try would change nothing', async () => {
    const failing = start(answering(500), { maxTries: 3 })
    failing.post(1)
    await failing.clock.advance(60_000)
    expect([failing.records[0]?.result, failing.records[0]?.tries.length]).to.deep.equal(['failed', 3])
    for (const status of [400, 401, 404, 410, 301]) {
      const refusing = start(answering(status))
      refusing.post(1)
      await refusing.clock.advance(60_000)
      expect([refusing.records[0]?.result, refusing.records[0]?.tries.length], String(status)).to.deep.equal(['failed', 1])
    }
  })

  it('has no more than so many on their way at once', async () => {
    let onTheirWay = 0
    let most = 0
    const release: (() => void)[] = []
    const deliver: Deliver = async () => {
      onTheirWay += 1
      most = Math.max(most, onTheirWay)
      await new Promise<void>((resolve) => release.push(resolve))
      onTheirWay -= 1
      return { status: 200 }
    }
    const { clock, records, post } = start(deliver, { atOnce: 3 })
    for (let number = 0; number < 10; number += 1) post(number)
    while (records.some(({ result }) => result === 'waiting')) {
      await clock.advance(0)
      release.shift()?.()
      await clock.advance(0)
    }
    expect(most).to.equal(3)
    expect(records.map(({ result }) => result)).to.deep.equal(Array(10).fill('delivered'))
  })

  it('drops what is more than it may hold', async () => {
    const { clock, records, post } = start(answering(500, 200), { maxWaiting: 4, maxTries: 2 })
    for (let number = 0; number < 6; number += 1) post(number)
    expect(records.map(({ result }) => result)).to.deep.equal(['waiting', 'waiting', 'waiting', 'waiting', 'dropped', 'dropped'])
    await clock.advance(60_000)
    post(7)
    await clock.advance(0)
    expect(records.at(-1)?.result).to.equal('delivered')
  })

  it('lets a webhook be overtaken by the next one of its job, and by none of another job', async () => {
    const deliver = answering(200)
    const webhooks: WebhookFaults = { reorder: 1 }
    const { outbox, clock, post } = start(deliver, {}, webhooks)
    post(1)
    post(2, 'other')
    await clock.advance(0)
    expect(deliver.bodies).to.deep.equal([])
    post(3)
    await clock.advance(0)
    expect(deliver.bodies).to.deep.equal(['1'])
    outbox.finish('job')
    outbox.finish('other')
    await clock.advance(0)
    expect(deliver.bodies).to.deep.equal(['1', '3', '2'])
  })

  it('sends nothing any more once it is closed', async () => {
    const deliver = answering(500)
    const { clock, records, closing, post } = start(deliver)
    post(1)
    await clock.advance(0)
    closing.abort(new Error('closed'))
    await clock.advance(60_000)
    post(2)
    await clock.advance(60_000)
    expect(deliver.bodies).to.deep.equal(['1'])
    expect(records.map(({ result }) => result)).to.deep.equal(['dropped', 'dropped'])
  })
})
