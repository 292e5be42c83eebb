import { expect } from 'chai'
import { parseAllDocuments } from 'yaml'
import type { RunEvent } from '../../../src/model/event.ts'
import type { Finding } from '../../../src/model/finding.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { renderFile } from '../support/render.ts'
import { failed, passed, planned, runFinished, runStarted } from '../support/run-script.ts'

const file = 'scenarios/menu.cxspec.yaml'

function call(name: string, observation: JsonObject, findings: readonly Finding[] = []): RunEvent[] {
  const at = { scenario: `${file}#${name}`, try: 1, step: 0 }
  const request = { ...at, request: 0 }
  return [
    { type: 'scenario-started', atMs: 1, scenario: at.scenario },
    { type: 'request-intended', atMs: 1, ...request, api: 'flow-debug', method: 'POST', path: '/api/v2/flows/debug' },
    { type: 'request-answered', atMs: 2, ...request, status: 200, latencyMs: 1, attempts: 1, correlationId: `c-${name}` },
    { type: 'step-finished', atMs: 3, ...at, kind: 'debug', durationMs: 2, observation, findings },
    {
      type: 'scenario-finished',
      atMs: 3,
      scenario: at.scenario,
      tries: 1,
      durationMs: 2,
      outcome: findings.length > 0 ? failed(...findings) : passed,
    },
  ]
}

function run(names: readonly string[], events: readonly RunEvent[]): RunEvent[] {
  return [runStarted, planned(file, 'Menu', names), ...events, runFinished(0, 9)]
}

async function documents(events: readonly RunEvent[], options: JsonObject = {}): Promise<JsonObject[]> {
  const text = await renderFile('debug-report', events, options)
  return parseAllDocuments(text).map((document) => {
    expect(document.errors).to.deep.equal([])
    return document.toJS()
  })
}

const way = ['start', 'menu', 'menu', 'menu', 'menu', 'exit']

const trace: JsonObject = {
  flowId: 'main-menu',
  status: 'Completed',
  exitNode: 'exit',
  durationMs: 120,
  variables: { tries: 4 },
  visits: way.map((node, index) => ({
    index,
    node,
    type: 'T',
    atMs: index * 10,
    ...(node === 'menu' ? { variables: { tries: index } } : {}),
  })),
}

describe('debug-report', () => {
  it('tells a call under the names that readers of flow traces know', async () => {
    const mismatch: Finding = {
      code: 'EXIT_NODE_DIFFERS',
      message: 'expected "bye", got "exit"',
      expected: 'bye',
      actual: 'exit',
      at: ['exitNode'],
      place: { file, line: 7, column: 17 },
    }
    const other: Finding = { code: 'VALUE_DIFFERS', message: 'tries', at: ['variables', 'tries'] }
    const [document] = await documents(run(['one'], call('one', trace, [mismatch, other])))
    expect(document).to.deep.equal({
      report_metadata: {
        generated_at: '2026-01-02T03:04:05.000Z',
        flow_id: 'main-menu',
        api_version: 'v2',
        simulation_duration_ms: 120,
        scenario: 'one',
        file: `${file}:3`,
        step: 1,
        outcome: 'failed',
        correlation_id: 'c-one',
      },
      execution_summary: {
        exit_node: 'exit',
        status: 'Completed',
        total_nodes: 6,
        routing_valid: false,
        routing_mismatches: [
          { expectation: 'exitNode', message: mismatch.message, expected: 'bye', actual: 'exit', place: `${file}:7:17` },
        ],
      },
      state_machine_analysis: {
        has_loops: true,
        loop_details: [{ nodeId: 'menu', occurrences: 4, loop_segment: ['menu'], start_index: 1, end_index: 4 }],
        total_nodes_executed: 6,
        unique_nodes: 3,
      },
      variable_states: {
        final_state: { tries: 4 },
        node_history: [1, 2, 3, 4].map((index) => ({ index, nodeId: 'menu', variables: { tries: index } })),
      },
      raw_trace: way.map((nodeId, index) => ({
        nodeId,
        type: 'T',
        timestamp: index * 10,
        ...(nodeId === 'menu' ? { variables: { tries: index } } : {}),
      })),
    })
  })

  it('does not call three visits a loop', async () => {
    const visits = ['start', 'menu', 'menu', 'menu'].map((node, index) => ({ index, node }))
    const [document] = await documents(run(['one'], call('one', { ...trace, visits })))
    expect(document?.['state_machine_analysis']).to.deep.include({ has_loops: false, loop_details: [] })
  })

  it('writes a document for each call, in the order of the file', async () => {
    const all = await documents(run(['one', 'two'], [...call('two', trace), ...call('one', trace)]))
    expect(all.map((document) => (document['report_metadata'] as JsonObject)['scenario'])).to.deep.equal(['one', 'two'])
  })

  it('writes the chosen scenario only, by name or id', async () => {
    const events = run(['one', 'two'], [...call('one', trace), ...call('two', trace)])
    for (const scenario of ['two', `${file}#two`]) {
      const all = await documents(events, { scenario })
      expect(all.map((document) => (document['report_metadata'] as JsonObject)['scenario'])).to.deep.equal(['two'])
    }
  })

  it('says which scenario was meant where none has the name', async () => {
    const error = await renderFile('debug-report', run(['one'], call('one', trace)), { scenario: 'onee' }).catch(
      (reason: unknown) => reason,
    )
    expect(String(error)).to.contain('no scenario of this run is named "onee"; did you mean "one"?')
  })

  it('says that there was no call', async () => {
    expect(await renderFile('debug-report', [runStarted, runFinished(4, 9)])).to.equal('# no scenario with a debug step was run\n')
  })

  it('leaves out observations that are no trace', async () => {
    expect(await documents(run(['one'], call('one', { visits: 'none' })))).to.deep.equal([])
  })

  it('keeps every text as it is', async () => {
    for (const text of naughtyStrings.filter((each) => !/\p{Cs}/u.test(each))) {
      const [document] = await documents(run(['one'], call('one', { ...trace, variables: { text } })))
      expect(document?.['variable_states']).to.deep.include({ final_state: { text } })
    }
  })
})
