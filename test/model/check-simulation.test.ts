import { expect } from 'chai'
import { checkSimulation, faultOfField } from '../../src/model/check-simulation.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { simulationInput } from '../support/simulation-input.ts'

const rules = { maxConcurrency: 50, webhookUrls: ['https://events.example.test/calls'] }
const faultsOf = (more: JsonObject): string[] =>
  checkSimulation(simulationInput(more), rules).map(({ at, message }) => `${at.join('.')}: ${message}`)
const injecting = (more: JsonObject): JsonObject => ({ outcomeInjection: { enabled: true, ...more } })

describe('checkSimulation', () => {
  it('has nothing against what the API takes', () => {
    expect(checkSimulation(simulationInput(), rules)).to.deep.equal([])
  })

  it('sums probabilities in decimals: 0.1, 0.2 and 0.7 are 1', () => {
    expect(faultsOf(injecting({ dialToneProbability: 0.1, busySignalProbability: 0.2, answerProbability: 0.7 }))).to.deep.equal([])
    expect(faultsOf(injecting({ dialToneProbability: 0.1, busySignalProbability: 0.2, answerProbability: 0.7000000001 }))).to.deep.equal([
      'outcomeInjection: the probabilities of outcomeInjection sum to 1.0000000001',
    ])
  })

  for (const [what, more, fault] of [
    ['a campaign id that is no UUID', { campaignId: 'a1b2c3d4' }, 'campaignId: campaignId is "a1b2c3d4"'],
    [
      'a UUID without dashes',
      { campaignId: 'a1b2c3d4e5f67890abcdef1234567890' },
      'campaignId: campaignId is "a1b2c3d4e5f67890abcdef1234567890"',
    ],
    [
      'neither a flow nor a script',
      { virtualAgentMatrix: { language: 'en-US' } },
      'virtualAgentMatrix: virtualAgentMatrix names neither a flow nor a script',
    ],
    [
      'a probability above 1',
      injecting({ answerProbability: 1.5 }),
      'outcomeInjection.answerProbability: outcomeInjection.answerProbability is 1.5',
    ],
    [
      'a negative probability',
      injecting({ answerProbability: -0.1 }),
      'outcomeInjection.answerProbability: outcomeInjection.answerProbability is -0.1',
    ],
    ['more at once than the organization allows', { concurrencyLimit: 51 }, 'concurrencyLimit: concurrencyLimit is 51'],
    ['no call at once', { concurrencyLimit: 0 }, 'concurrencyLimit: concurrencyLimit is 0'],
    ['half a call', { maxCalls: 0.5 }, 'maxCalls: maxCalls is 0.5'],
    ['no bypass', { complianceBypass: false }, 'complianceBypass: complianceBypass is false'],
    [
      'a metadata address',
      { webhookUrl: 'http://169.254.169.254/latest/meta-data' },
      'webhookUrl: webhookUrl is "http://169.254.169.254/latest/meta-data"',
    ],
    ['a file', { webhookUrl: 'file:///etc/passwd' }, 'webhookUrl: webhookUrl is "file:///etc/passwd"'],
    [
      'an address that only begins like one that is allowed',
      { webhookUrl: 'https://events.example.test/calls/../admin' },
      'webhookUrl: webhookUrl is "https://events.example.test/calls/../admin"',
    ],
  ] as const satisfies readonly (readonly [string, JsonObject, string])[]) {
    it(`refuses ${what}`, () => {
      expect(faultsOf(more)).to.deep.equal([fault])
    })
  }

  it('accepts a script in place of a flow, and an address that the configuration allows', () => {
    expect(faultsOf({ virtualAgentMatrix: { scriptId: 's-1' }, webhookUrl: 'https://events.example.test/calls' })).to.deep.equal([])
  })

  it('tells every fault at once, whatever shape the input has', () => {
    const faults = checkSimulation({ outcomeInjection: 7, campaignId: null, virtualAgentMatrix: [] }, rules)
    expect(faults.map(({ at }) => at.join('.'))).to.deep.equal([
      'campaignId',
      'virtualAgentMatrix',
      'concurrencyLimit',
      'maxCalls',
      'complianceBypass',
    ])
    expect(faults.every(({ expected }) => expected !== '')).to.equal(true)
  })
})

describe('faultOfField', () => {
  it('says of what a target refuses what we would have said', () => {
    const input = simulationInput({ concurrencyLimit: 80, virtualAgentMatrix: {} })
    const ours = checkSimulation(input, rules)
    for (const [field, index] of [
      ['virtualAgentMatrix', 0],
      ['virtualAgentMatrix/flowId', 0],
      ['concurrencyLimit', 1],
    ] as const) {
      expect(faultOfField(field, input)?.message).to.equal(ours[index]?.message)
    }
    expect(faultOfField('outcomeInjection/answerProbability', input)?.at).to.deep.equal(['outcomeInjection', 'answerProbability'])
    expect(faultOfField('somethingElse', input)).to.equal(undefined)
  })
})
