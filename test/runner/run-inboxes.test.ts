import { expect } from 'chai'
import type { Inbox } from '../../src/model/inbox.ts'
import { isJsonObject } from '../../src/model/json.ts'
import { TestReceiver } from '../support/test-receiver.ts'
import { type Fake, met, only, outcomes, record, scenario } from './run-fixture.ts'

const id = 'menu.cxspec.yaml#waits'

/** Opens an inbox and ends when something that can be used has come. */
const waits: Fake = async ({ openInbox }) => {
  await new Promise<void>((resolve) => {
    void openInbox((body) => {
      const isUsable = isJsonObject(body)
      if (isUsable) resolve()
      return isUsable
    })
  })
  return met
}

async function opened(receiver: TestReceiver): Promise<TestReceiver['inboxes'][number]> {
  for (;;) {
    const [inbox] = receiver.inboxes
    if (inbox) return inbox
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('inboxes of a run', () => {
  it('hand what comes to the step, and tell what was taken and refused once the step ends', async () => {
    const receiver = new TestReceiver()
    const recording = record([scenario('waits', ['waits'])], { receiver, kinds: { waits } })
    const inbox = await opened(receiver)
    expect(inbox.deliver('no event')).to.equal(400)
    expect(inbox.deliver({ callId: 'c-1' })).to.equal(200)
    const { events } = await recording
    expect(outcomes(events)).to.deep.equal({ waits: 'passed' })
    expect(only(events, 'delivery-refused')).to.have.length(1)
    expect(only(events, 'delivery-refused')[0]).to.include({ scenario: id, try: 1, step: 0, status: 400 })
    expect(only(events, 'inbox-closed')[0]).to.include({ scenario: id, try: 1, step: 0, taken: 1, refused: 1 })
  })

  it('are closed before their step is told to have ended, also where it did not close them', async () => {
    const receiver = new TestReceiver()
    const leaves: Fake = async ({ openInbox }) => {
      await openInbox(() => true)
      return met
    }
    const { events } = await record([scenario('waits', ['leaves'])], { receiver, kinds: { leaves } })
    const types = events.map(({ type }) => type)
    expect(receiver.inboxes[0]?.isOpen).to.equal(false)
    expect(types.indexOf('inbox-closed')).to.be.within(0, types.indexOf('step-finished'))
  })

  it('are told of once when they are closed again', async () => {
    const receiver = new TestReceiver()
    const twice: Fake = async ({ openInbox }) => {
      const inbox: Inbox = await openInbox(() => true)
      inbox.close()
      inbox.close()
      return met
    }
    const { events } = await record([scenario('waits', ['twice'])], { receiver, kinds: { twice } })
    expect(only(events, 'inbox-closed')).to.have.length(1)
  })

  it('count what comes after the end of their step, and tell it before the end of the run', async () => {
    const receiver = new TestReceiver()
    const leaves: Fake = async ({ openInbox }) => {
      await openInbox(() => true)
      return met
    }
    const lingers: Fake = async () => {
      receiver.inboxes[0]?.deliver({ callId: 'c-1' })
      receiver.inboxes[0]?.deliver({ callId: 'c-2' })
      return met
    }
    const { events } = await record([scenario('waits', ['leaves', 'lingers'])], { receiver, kinds: { leaves, lingers } })
    expect(only(events, 'deliveries-late').map(({ scenario, step, late }) => ({ scenario, step, late }))).to.deep.equal([
      { scenario: id, step: 0, late: 2 },
    ])
    expect(events.at(-1)?.type).to.equal('run-finished')
    expect(receiver.isClosed).to.equal(true)
  })

  it('tell what came to a place that belongs to no step', async () => {
    const receiver = new TestReceiver()
    const strays: Fake = async () => {
      receiver.stray({ status: 404, reason: 'there is nothing here' })
      return met
    }
    const { events } = await record([scenario('waits', ['strays'])], { receiver, kinds: { strays } })
    const [refused] = only(events, 'delivery-refused')
    expect(refused).to.include({ status: 404, reason: 'there is nothing here' })
    expect(refused).not.to.have.property('scenario')
  })

  it('tell a thousand refusals one by one, and count the others, so that a flood does not fill the disk', async () => {
    const receiver = new TestReceiver()
    const strays: Fake = async () => {
      for (let index = 0; index < 3_000; index += 1) receiver.stray({ status: index % 2 === 0 ? 404 : 405, reason: 'no' })
      return met
    }
    const { events } = await record([scenario('waits', ['strays'])], { receiver, kinds: { strays } })
    const refused = only(events, 'delivery-refused')
    expect(refused).to.have.length(1_002)
    expect(refused.slice(-2).map(({ status, times }) => [status, times])).to.deep.equal([
      [404, 1_000],
      [405, 1_000],
    ])
  })

  it('end with a problem that says so where the run has no receiver', async () => {
    const { events } = await record([scenario('waits', ['needs'])], {
      kinds: { needs: async ({ openInbox }) => openInbox(() => true).then(() => met) },
    })
    const [finished] = only(events, 'scenario-finished')
    expect(finished?.outcome).to.have.nested.property('problem.code', 'RECEIVER_UNAVAILABLE')
  })
})
