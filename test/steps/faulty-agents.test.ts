import { expect } from 'chai'
import type { Agent } from '../../src/emulator/agents/agent.ts'
import type { FaultRule } from '../../src/emulator/faults/fault-plan.ts'
import { type RanAgainstEmulator, runAgainstEmulator } from '../support/run-against-emulator.ts'

const agent: Agent = {
  workModeId: 'voice',
  skills: [{ skillId: 's-1', level: 2, maximumConcurrentInteractions: 2 }],
  shifts: [{ from: '00:00', to: '24:00', workModeId: 'chat' }],
}

async function changeWith(faults: readonly FaultRule[], { more = '', expected = '', rest = '' } = {}): Promise<RanAgainstEmulator> {
  const text = `scenarios:\n  - name: changes\n    setAvailability: { agentId: agent-1, workModeId: chat${more} }\n    expect: { ${expected} }\n${rest}`
  return runAgainstEmulator(text, { agents: new Map([['agent-1', agent]]), faults: { faults } })
}

/** The work modes that we have given the agent. */
function ours({ emulator }: RanAgainstEmulator): readonly (string | undefined)[] {
  return emulator.history
    .records('changes')
    .filter(({ request }) => request > 0)
    .map(({ workModeId }) => workModeId)
}

describe('an agent on a faulty platform', () => {
  for (const [how, fault] of [
    ['answered 500', { answer: { status: 500 }, commit: true }],
    ['cut off', { drop: 'before-answer', commit: true }],
    ['cut off in the middle', { drop: 'mid-body' }],
    ['truncated', { body: 'truncated' }],
    ['no JSON', { body: 'html' }],
    ['empty', { body: 'empty' }],
  ] as const) {
    it(`is changed once where the answer to a change that was made is ${how}`, async () => {
      const ran = await changeWith([{ api: 'agent-workmodes', first: 1, ...fault }], {
        expected: 'workModeId: chat, event: true, conflicts: 0',
      })
      expect(ran.outcome).to.deep.equal({ status: 'passed' })
      expect(ours(ran)).to.deep.equal(['chat'])
      expect(ran.emulator.history.requests('agent-workmodes')).to.have.length(1)
      expect(ran.emulator.history.records('events')).to.have.length(1)
    })
  }

  it('is changed by another request where the first was lost on its way', async () => {
    const ran = await changeWith([{ api: 'agent-workmodes', first: 1, drop: 'before-answer' }])
    expect(ran.outcome).to.deep.equal({ status: 'passed' })
    expect(ours(ran)).to.deep.equal(['chat'])
  })

  it('is read anew where another writer interferes, three times at most', async () => {
    const twice = await changeWith([{ api: 'agent-workmodes', first: 2, interfere: { workModeId: 'break' } }], { expected: 'conflicts: 2' })
    expect(twice.outcome).to.deep.equal({ status: 'passed' })
    const always = await changeWith([{ api: 'agent-workmodes', interfere: { workModeId: 'break' } }], {
      expected: 'conflicts: 3, workModeId: break',
    })
    expect(always.outcome).to.deep.equal({ status: 'passed' })
    expect(ours(always)).to.deep.equal([])
    expect(always.emulator.history.requests('agents')).to.have.length(4)
  })

  it('is put back when the scenario is over, whatever became of it', async () => {
    const rest = '    timeout: 2s\n'
    const failing = await changeWith([], { more: ', restore: true', expected: 'workModeId: nonsense', rest })
    expect(failing.outcome?.status).to.equal('failed')
    expect(ours(failing)).to.deep.equal(['chat', 'voice'])
    const late = await changeWith([{ api: 'events', delay: '10s' }], { more: ', restore: true', rest })
    expect(late.outcome?.status).to.equal('errored')
    expect(ours(late)).to.deep.equal(['chat', 'voice'])
  })

  it('that cannot be put back is told beside the verdict', async () => {
    const faults: FaultRule[] = [{ api: 'agent-workmodes', script: ['ok', { answer: { status: 403 } }] }]
    const ran = await changeWith(faults, { more: ', restore: true' })
    expect(ran.outcome).to.deep.equal({ status: 'passed' })
    const failed = ran.events.find((event) => event.type === 'teardown-failed')
    expect(failed?.problem?.code).to.equal('FORBIDDEN')
  })

  it('gets at most five changes in any second, over all scenarios', async () => {
    const agents = new Map(Array.from({ length: 24 }, (_, index) => [`agent-${index}`, agent]))
    const scenarios = [...agents.keys()].map(
      (agentId) => `  - { name: ${agentId}, setAvailability: { agentId: ${agentId}, workModeId: chat } }`,
    )
    const ran = await runAgainstEmulator(`scenarios:\n${scenarios.join('\n')}\n`, { agents, limits: { 'agent-workmodes': {} } })
    expect(new Set([...ran.outcomes.values()].map(({ status }) => status))).to.deep.equal(new Set(['passed']))
    const atMs = ran.emulator.history.requests('agent-workmodes').map((entry) => entry.receivedAtMs)
    expect(atMs).to.have.length(24)
    for (const startMs of atMs) expect(atMs.filter((other) => other >= startMs && other < startMs + 1_000)).to.have.length.at.most(5)
  })
})
