import { expect } from 'chai'
import type { RunEvent } from '../../src/model/event.ts'
import type { RunRecord } from '../../src/regression/run-record.ts'
import { RunRecorder } from '../../src/regression/run-recorder.ts'
import { failed, passed, planned, runFinished, runStarted, turn } from '../report/support/run-script.ts'
import { sampleRun } from '../report/support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'
const id = `${file}#a`

function recordOf(events: readonly RunEvent[]): RunRecord | undefined {
  const recorder = new RunRecorder('night.jsonl')
  for (const event of events) recorder.on(event)
  return recorder.record()
}

describe('RunRecorder', () => {
  it('keeps how each scenario ended, why, and how long it took', () => {
    const record = recordOf(sampleRun)
    expect(record).to.deep.include({ source: 'night.jsonl', isComplete: true, exitCode: 2, durationMs: 1_240 })
    expect(
      [...(record?.scenarios.values() ?? [])].map(({ name, status, isFlaky }) => `${name}: ${status}${isFlaky ? ', flaky' : ''}`),
    ).to.deep.equal([
      'key 1 reaches the sales queue: passed',
      'every key reaches its own queue [key=2, queue=queue_support]: failed',
      'a wrong PIN is asked for again: passed, flaky',
      'a caller without a PIN reaches an agent: skipped',
      'the main menu compiles: errored',
      'the PIN flow compiles: errored',
      'the hours flow compiles: errored',
    ])
  })

  it('keeps the ways of calls with the version of their flow', () => {
    const visits = ['start', 'exit'].map((node, index) => ({ index, node }))
    const observation = { flowId: 'menu', flowVersion: '7', status: 'Completed', variables: {}, visits }
    const step: RunEvent = { type: 'step-finished', atMs: 3, scenario: id, try: 1, step: 2, kind: 'debug', durationMs: 2, observation }
    const record = recordOf([runStarted, planned(file, 'M', ['a']), step, ...turn(id, { outcome: passed, atMs: 5 }), runFinished(0, 9)])
    expect(record?.scenarios.get(id)?.calls).to.deep.equal([{ step: 2, flowId: 'menu', flowVersion: '7', path: ['start', 'exit'] }])
  })

  it('makes one of the times that a scenario was repeated: the worst end, and every duration', () => {
    const plan = planned(file, 'M', ['a (1 of 2)', 'a (2 of 2)'])
    const scenarios = plan.scenarios.map((scenario) => ({ ...scenario, repeatOf: id }))
    const finding = { code: 'X', message: 'wrong' }
    const record = recordOf([
      runStarted,
      { ...plan, scenarios },
      ...turn(`${id} (1 of 2)`, { outcome: failed(finding), atMs: 5, durationMs: 30 }),
      ...turn(`${id} (2 of 2)`, { outcome: passed, atMs: 50, durationMs: 20 }),
      runFinished(1, 99),
    ])
    expect([...(record?.scenarios.keys() ?? [])]).to.deep.equal([id])
    expect(record?.scenarios.get(id)).to.deep.include({ name: 'a', status: 'failed', headline: 'wrong', durationMs: 30, samplesMs: [20] })
  })

  it('knows a run that did not come to its end, and none where there is no start', () => {
    expect(recordOf([runStarted])).to.deep.include({ isComplete: false })
    expect(recordOf([])).to.equal(undefined)
  })
})
