import { expect } from 'chai'
import { readSuite } from '../../src/scenario/read-suite.ts'
import type { ReadSuiteContext } from '../../src/scenario/scenario-source.ts'
import { simulationInput } from '../support/simulation-input.ts'

const context: ReadSuiteContext = {
  vars: {},
  configVars: {},
  ci: false,
  readText: () => {
    throw new Error('no example file is read')
  },
}

function faultsOf(input: ReturnType<typeof simulationInput>, rules?: ReadSuiteContext['rules']) {
  const text = JSON.stringify({ scenarios: [{ name: 'simulates', simulate: input }] })
  const { faults = [] } = readSuite(text, 'dialer.cxspec.yaml', rules ? { ...context, rules } : context)
  return faults.map(({ code, message, place }) => [code, message, place?.line])
}

describe('checkInput', () => {
  it('holds a step against what the configuration allows', () => {
    const input = simulationInput({ concurrencyLimit: 60, webhookUrl: 'https://events.example.test/calls' })
    const allowing = {
      simulations: { maxConcurrency: 60, webhookUrls: ['https://events.example.test/calls'] },
      executions: { callbackUrls: [] },
    }
    expect(faultsOf(input, allowing)).to.deep.equal([])
    expect(faultsOf(input, { simulations: { maxConcurrency: 50, webhookUrls: [] }, executions: { callbackUrls: [] } })).to.deep.equal([
      ['INVALID_SIMULATION', 'concurrencyLimit is 60', 1],
      ['INVALID_SIMULATION', 'webhookUrl is "https://events.example.test/calls"', 1],
    ])
  })

  it('bounds nothing and allows no address where no configuration says otherwise', () => {
    expect(faultsOf(simulationInput({ concurrencyLimit: 1_000_000 }))).to.deep.equal([])
    expect(faultsOf(simulationInput({ webhookUrl: 'https://events.example.test/calls' }))).to.have.length(1)
  })

  it('passes over what waits for an earlier step', () => {
    const waiting = simulationInput({ campaignId: '${steps.first.simulationId}' })
    const scenarios = [{ name: 'two', steps: [{ id: 'first', simulate: simulationInput() }, { simulate: waiting }] }]
    expect(readSuite(JSON.stringify({ scenarios }), 'dialer.cxspec.yaml', context).faults).to.equal(undefined)
  })
})
