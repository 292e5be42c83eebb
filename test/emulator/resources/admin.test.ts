import { expect } from 'chai'
import { type Caller, WAYS } from '../caller.ts'

const EMPTY = { requests: [], jobs: [], deliveries: [], metrics: [], changes: [], events: [] }

for (const [way, start] of WAYS) {
  describe(`the emulator's own resources, ${way}`, () => {
    let caller: Caller
    before(async () => {
      caller = await start({ actions: new Map([['balance-lookup', {}]]), agents: new Map([['agent-001', {}]]) })
    })
    after(() => caller.close())

    it('tell which flows, actions and agents are served', async () => {
      const { flows, actions, agents } = (await caller.call('/emulator')).json()
      expect(flows).to.include('main-menu')
      expect([actions, agents]).to.deep.equal([['balance-lookup'], ['agent-001']])
    })

    it('set, show and remove faults', async () => {
      const plan = { faults: [{ api: 'flow-read', answer: { status: 503 } }] }
      expect((await caller.call('/emulator/faults', { method: 'PUT', body: plan })).status).to.equal(204)
      expect((await caller.call('/emulator/faults')).json()).to.deep.equal(plan)
      expect((await caller.call('/api/v2/flows/main-menu')).status).to.equal(503)
      expect((await caller.call('/emulator/faults', { method: 'DELETE' })).status).to.equal(204)
      expect((await caller.call('/api/v2/flows/main-menu')).status).to.equal(401)
    })

    it('refuse what is no fault plan, and keep the one that there is', async () => {
      const answer = await caller.call('/emulator/faults', { method: 'PUT', body: { faults: [{ dorp: 'mid-body' }] } })
      expect(answer.status).to.equal(422)
      expect(answer.text).to.include('dorp')
      expect((await caller.call('/emulator/faults')).json()).to.deep.equal({ faults: [] })
    })

    it('are never disturbed themselves, nor recorded', async () => {
      await caller.call('/emulator/history', { method: 'DELETE' })
      await caller.call('/emulator/faults', { method: 'PUT', body: { faults: [{ drop: 'before-answer' }] } })
      expect((await caller.call('/emulator/history')).json()).to.deep.equal(EMPTY)
      await caller.call('/emulator/faults', { method: 'DELETE' })
    })

    it('tell and forget the history, all of it or of one API', async () => {
      const token = await caller.token()
      await caller.call('/api/v2/flows/main-menu/compile', { token, method: 'POST' })
      const history = (await caller.call('/emulator/history')).json()
      expect(history['requests']).to.have.length(2)
      expect(history['jobs']).to.have.length(1)
      expect((await caller.call('/emulator/history?api=token')).json()['requests']).to.have.length(1)
      expect((await caller.call('/emulator/history', { method: 'DELETE' })).status).to.equal(204)
      expect((await caller.call('/emulator/history')).json()).to.deep.equal(EMPTY)
    })

    it('revoke every token', async () => {
      const token = await caller.token()
      expect((await caller.call('/emulator/tokens', { method: 'DELETE' })).status).to.equal(204)
      expect((await caller.call('/api/v2/flows/main-menu', { token })).status).to.equal(401)
    })
  })
}
