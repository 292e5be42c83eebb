import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { HistoryJob } from '../../src/emulator/history.ts'
import { DEFAULT_CLIENT } from '../../src/emulator/options.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { runCli } from '../cli/support/run-cli.ts'
import { openTenant } from '../cli/support/tenant.ts'
import { Folder } from '../support/folder.ts'
import { breaches } from '../support/invariants/breaches.ts'
import { eventsIn, type RunTraces } from '../support/invariants/run-traces.ts'

const OF_EACH_KIND = 40

const flow = readFileSync('scenarios/flows/main-menu.flow.yaml', 'utf8')

function suite(name: string, scenario: (index: number) => object): string {
  return JSON.stringify({ suite: name, scenarios: Array.from({ length: OF_EACH_KIND }, (_none, index) => scenario(index)) })
}

/** Every fourth scenario of a kind expects what is not so: it has to fail. */
function isToFail(index: number): boolean {
  return index % 4 === 3
}

function named(index: number): string {
  return `${index} ${isToFail(index) ? 'fails' : 'passes'}`
}

const injection = { enabled: true, answerProbability: 1 }
const campaign = {
  campaignId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
  virtualAgentMatrix: { flowId: 'va-flow' },
  outcomeInjection: injection,
  concurrencyLimit: 5,
  maxCalls: 10,
  complianceBypass: true,
}

const suites: Readonly<Record<string, string>> = {
  debug: suite('Calls', (index) => ({
    ...{ name: named(index), debug: { flowId: 'main-menu', dtmf: '1' } },
    expect: { exitNode: isToFail(index) ? 'node_other' : 'node_exit' },
  })),
  compile: suite('Compilations', (index) => ({
    ...{ name: named(index), compile: { flowId: 'main-menu' } },
    expect: { status: isToFail(index) ? 'FAILED' : 'COMPLETED' },
  })),
  simulate: suite('Simulations', (index) => ({
    ...{ name: named(index), simulate: campaign },
    expect: { callsCompleted: isToFail(index) ? 11 : 10, outcomes: { answered: { count: 10 } } },
  })),
  execute: suite('Data actions', (index) => ({
    ...{ name: named(index), execute: { actionId: 'lookup', inputs: { id: 'C-1' }, callback: index % 2 === 0 } },
    expect: { result: { balance: isToFail(index) ? 1 : 250 } },
  })),
  agents: suite('Agents', (index) => ({
    ...{ name: named(index), setAvailability: { agentId: `agent-${index}`, workModeId: 'work-2' } },
    expect: { workModeId: isToFail(index) ? 'work-1' : 'work-2' },
  })),
}

const config = { simulations: { pollEvery: '200ms' }, limits: { requestsAtOnce: 32 } }

const actions = { lookup: { inputs: { properties: { id: { type: 'string' } } }, delay: '20ms', result: { balance: 250 } } }

const agent = { workModeId: 'work-1', skills: [], shifts: [{ from: '00:00', to: '24:00', workModeId: 'work-2' }] }
const agents = Object.fromEntries(Array.from({ length: OF_EACH_KIND }, (_none, index) => [`agent-${index}`, agent]))

/** What a scenario comes to where the target did what it was asked for. */
function expectedOf(scenario: string): 'passed' | 'failed' {
  return scenario.endsWith('fails') ? 'failed' : 'passed'
}

function hasEndedWell({ statuses }: HistoryJob): boolean {
  return statuses.at(-1)?.status.toUpperCase() === 'COMPLETED'
}

/** All files of a folder, as text. */
function textsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? textsIn(`${folder}/${entry.name}`) : [readFileSync(`${folder}/${entry.name}`, 'utf8')],
  )
}

describe('200 scenarios of all kinds against a target of which every fifth answer is no good', function () {
  this.timeout(180_000)
  let traces: RunTraces
  let share: number
  /** Correlation ids of requests to which the target did something wrong. */
  let faulty: ReadonlySet<string>

  before(async () => {
    const files = Object.entries(suites).map(([kind, text]) => [`scenarios/${kind}.cxspec.yaml`, text])
    const folder = new Folder({
      ...Object.fromEntries(files),
      'scenarios/main-menu.flow.yaml': flow,
      'scenarios/all.tenant.yaml': JSON.stringify({ actions, agents }),
      'cxspec.config.yaml': JSON.stringify(config),
    })
    const rate = 0.055
    const tenant = await openTenant(folder.path, [], {
      faults: {
        seed: 11,
        faults: [
          { rate, answer: { status: 429 } },
          { rate, answer: { status: 503 } },
          { rate, drop: 'before-answer', commit: true },
          { rate, body: 'truncated' },
        ],
      },
    })
    const { code, stdout, stderr } = await runCli(['run', '--retries', '2'], { cwd: folder.path, env: tenant.env })
    const requests = tenant.emulator.history.requests()
    const disturbed = requests.filter(({ fault }) => fault !== undefined)
    faulty = new Set(disturbed.map(({ correlationId }) => correlationId))
    share = disturbed.length / requests.length
    traces = {
      jobs: tenant.emulator.history.jobs(),
      clientId: DEFAULT_CLIENT.id,
      events: eventsIn(readFileSync(folder.at('reports/journal.jsonl'), 'utf8')),
      junit: readFileSync(folder.at('reports/junit.xml'), 'utf8'),
      exitCode: code,
      verdictOf: (scenario, jobs) => (jobs.length > 0 && jobs.every(hasEndedWell) ? expectedOf(scenario) : undefined),
      written: [stdout, stderr, ...textsIn(folder.at('reports'))],
      secrets: [DEFAULT_CLIENT.secret],
    }
    tenant.emulator.close()
    await tenant.server.close()
    folder.remove()
  })

  const finished = () =>
    traces.events.filter((event): event is Extract<RunEvent, { type: 'scenario-finished' }> => event.type === 'scenario-finished')

  it('is a target that fails as often as that', () => {
    expect(share).to.be.within(0.15, 0.25)
  })

  it('every scenario ends as it should, or is errored by what the history shows of the target', () => {
    const others = finished().filter(({ scenario, outcome }) => outcome.status !== expectedOf(scenario))
    const unexplained = others.filter(
      ({ outcome }) => outcome.status !== 'errored' || !faulty.has(String(outcome.problem.details?.['correlationId'])),
    )
    expect(finished()).to.have.length(5 * OF_EACH_KIND)
    expect(unexplained.map(({ scenario, outcome }) => `${scenario}: ${JSON.stringify(outcome)}`)).to.deep.equal([])
    expect(others.length).to.be.below(OF_EACH_KIND)
  })

  it('no scenario is tried again that may have started a job', () => {
    const tried = traces.events.filter((event) => event.type === 'try-finished')
    const unknown = tried.filter(({ outcome }) => outcome.status === 'errored' && /may have been started/.test(outcome.problem.message))
    expect(unknown).to.deep.equal([])
  })

  it('holds every invariant', () => {
    expect(breaches(traces)).to.deep.equal([])
  })
})
