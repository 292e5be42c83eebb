import { expect } from 'chai'
import type { Json } from '../../src/model/json.ts'
import { readSuite } from '../../src/scenario/read-suite.ts'

const ACTION = { actionId: 'lookup' }
const AGENT = { agentId: 'agent-1', workModeId: 'chat' }
const SKILL = { skillId: 's', level: 1, concurrentInteractions: 1 }
const SHIFT = { startTime: '2026-01-05T09:00:00Z', endTime: '2026-01-05T17:00:00+01:00', workModeId: 'chat' }

/** What is wrong with a step, each with the column at which it stands in its line. */
function faultsOf(kind: string, input: Json, expected: Json = {}): readonly string[] {
  const text = `scenarios:\n  - name: s\n    ${kind}: ${JSON.stringify(input)}\n    expect: ${JSON.stringify(expected)}\n`
  const context = { vars: {}, configVars: {}, ci: false, readText: () => ({ value: '' }) }
  const { faults = [] } = readSuite(text, 's.cxspec.yaml', context)
  return faults.map(({ message, place }) => `${place?.line}: ${message}`)
}

describe('the schema of execute', () => {
  for (const timeout of ['5s', '5.5s', '119.9s', '120s', '5000ms', '120000ms', '0.5m', '1.5m', '2m', '2.0m']) {
    it(`takes the time-out ${timeout}`, () => {
      expect(faultsOf('execute', { ...ACTION, timeout })).to.deep.equal([])
    })
  }

  for (const timeout of ['4s', '4.9s', '120.5s', '121s', '200s', '4999ms', '120001ms', '0.05m', '2.1m', '3m', '1h', '30', '-5s']) {
    it(`refuses the time-out ${timeout}`, () => {
      expect(faultsOf('execute', { ...ACTION, timeout })).to.have.length(1)
    })
  }

  for (const actionId of ['..', '.', 'a/b', 'a\\b', '%2e%2e', 'a?b', 'a#b', '']) {
    it(`refuses the action "${actionId}", which would lead elsewhere`, () => {
      expect(faultsOf('execute', { actionId })).to.have.length(1)
    })
  }

  it('refuses where results would go, a header, a host, and fields that it does not know', () => {
    const [fault] = faultsOf('execute', { ...ACTION, context: { callbackUrl: 'http://169.254.169.254/' } })
    expect(fault).to.equal('3: context.callbackUrl is "http://169.254.169.254/", which a scenario may not choose')
    for (const field of ['headers', 'baseUrl', 'callbackUrl', 'correlationId']) {
      expect(faultsOf('execute', { ...ACTION, [field]: 'x' }), field).to.have.length(1)
    }
  })

  it('takes what can be expected, and nothing else', () => {
    const expected = { status: 'COMPLETED', result: { a: { gte: 1 } }, error: 'none', latency: { max: '2s' }, within: '20s' }
    expect(faultsOf('execute', ACTION, expected)).to.deep.equal([])
    expect(faultsOf('execute', ACTION, { outcome: 'COMPLETED' })).to.have.length(1)
  })
})

describe('the schema of setAvailability', () => {
  it('takes a change with everything that can be said of it', () => {
    const whole = { ...AGENT, skillLevels: [SKILL], reason: 'r', metadata: { source: 's' }, at: '2026-01-05T09:00:00+01:00', restore: true }
    expect(
      faultsOf('setAvailability', { ...whole, publish: false, offline: { workModeId: 'x', skills: [{ skillId: 's' }], shifts: [SHIFT] } }),
    ).to.deep.equal([])
  })

  for (const [what, input] of [
    ['an agent whose id would lead elsewhere', { ...AGENT, agentId: 'a/../b' }],
    ['no work mode', { agentId: 'a' }],
    ['a skill without its interactions', { ...AGENT, skillLevels: [{ skillId: 's', level: 1 }] }],
    ['a level below 0', { ...AGENT, skillLevels: [{ ...SKILL, level: -1 }] }],
    ['half an interaction', { ...AGENT, skillLevels: [{ ...SKILL, concurrentInteractions: 0.5 }] }],
    ['a moment without its offset', { ...AGENT, at: '2026-01-05T09:00:00' }],
    ['a shift without its end', { ...AGENT, offline: { shifts: [{ startTime: SHIFT.startTime }] } }],
    ['a header', { ...AGENT, headers: { 'if-match': '*' } }],
  ] as const satisfies readonly (readonly [string, Json])[]) {
    it(`refuses ${what}`, () => {
      expect(faultsOf('setAvailability', input)).to.have.length(1)
    })
  }

  it('takes codes of refusals in every form, and no other code', () => {
    for (const refused of ['none', 'any', 'no-shift', ['shift-conflict', 'concurrency-exceeded'], { contains: ['no-shift'] }]) {
      expect(faultsOf('setAvailability', AGENT, { refused }), JSON.stringify(refused)).to.deep.equal([])
    }
    for (const refused of ['nope', ['nope'], [], { contains: [] }, 3]) {
      expect(faultsOf('setAvailability', AGENT, { refused }), JSON.stringify(refused)).to.not.deep.equal([])
    }
  })
})
