import { expect } from 'chai'
import { createEmulator } from '../../src/emulator/emulator.ts'
import type { FaultRule } from '../../src/emulator/faults/fault-plan.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Problem } from '../../src/model/problem.ts'
import { run } from '../../src/runner/run.ts'
import { bindStep } from '../../src/scenario/bind-step.ts'
import { stepKinds } from '../../src/steps/kinds.ts'
import { emulatorClient } from '../support/emulator-client.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { suiteOf } from '../support/perform-scenarios.ts'
import { stepSettings } from '../support/step-settings.ts'

const FLOW = `
flowId: main-menu
version: "1"
nodes:
  - { id: node_start, type: Start, next: node_exit }
  - { id: node_exit, type: Exit }
`

interface Ran {
  readonly problem: Problem | undefined
  readonly status: string | undefined
  /** On the fake clock. */
  readonly durationMs: number
  readonly jobsStarted: number
}

/** Runs one scenario that compiles, through runner and client, against an emulator with these faults. */
async function compileWith(faults: readonly FaultRule[], within = '10s'): Promise<Ran> {
  const clock = new FakeClock({ auto: true })
  const emulator = createEmulator({ flows: createLibrary([readFlow(FLOW, 'main-menu.flow.yaml')]), clock, faults: { faults } })
  const suite = suiteOf(`flow: main-menu\nscenarios:\n  - name: compiles\n    compile: {}\n    expect: { within: ${within} }\n`)
  const events: RunEvent[] = []
  await run(
    [{ file: suite.file, suite }],
    {
      kinds: stepKinds,
      client: emulatorClient(emulator, clock),
      clock,
      random: () => 0.5,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      bind: bindStep,
      locate: () => undefined,
    },
    {
      runId: '00000000-0000-4000-8000-000000000000',
      seed: 1,
      version: '0.0.0',
      hostname: 'test',
      target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
      limits: { requestsAtOnce: 8, jobsOpen: 200 },
      timeouts: { stepMs: 60_000, scenarioMs: 300_000, runMs: 0 },
      steps: stepSettings,
    },
  )
  const finished = events.find((event) => event.type === 'scenario-finished')
  const { outcome } = finished ?? {}
  return {
    problem: outcome?.status === 'errored' ? outcome.problem : undefined,
    status: outcome?.status,
    durationMs: finished?.durationMs ?? 0,
    jobsStarted: emulator.history.jobs().length,
  }
}

describe('a compilation on a faulty platform', () => {
  it('that never ends is stuck, within its time, with the last status', async () => {
    const { problem, durationMs } = await compileWith([{ api: 'flow-compile', job: 'stuck' }])
    expect(problem?.code).to.equal('JOB_STUCK')
    expect(problem?.message).to.match(/was still IN_PROGRESS after 9\.8s, and "within: 10s" is over$/)
    expect(problem?.details).to.include({ lastStatus: 'IN_PROGRESS' })
    expect(durationMs).to.be.at.most(10_500)
  })

  it('that goes back is an illegal change, with both statuses', async () => {
    const { problem } = await compileWith([{ api: 'flow-compile', job: 'backward' }])
    expect(problem?.code).to.equal('ILLEGAL_STATUS')
    expect(problem?.details).to.include({ lastStatus: 'IN_PROGRESS', status: 'QUEUED' })
  })

  it('that has an unknown status is reported with it', async () => {
    const { problem } = await compileWith([{ api: 'flow-compile', job: { statuses: ['QUEUED', 'PAUSED'] } }])
    expect(problem?.message).to.include('"PAUSED" after QUEUED')
  })

  it('whose checks fail now and then is followed to its end', async () => {
    const checks: FaultRule = {
      api: 'flow-compile-status',
      script: [{ answer: { status: 503 } }, { body: 'truncated' }, { drop: 'mid-body' }],
    }
    expect((await compileWith([checks])).status).to.equal('passed')
  })

  for (const [what, fault] of [
    ['fail', { answer: { status: 500 } }],
    ['break off', { drop: 'before-answer' }],
    ['make no sense', { body: 'html' }],
    ['are too many', { answer: { status: 429, retryAfter: 1 } }],
    ['never come', { delay: '10m' }],
    ['trickle', { drip: { bytes: 1, every: '1s' } }],
  ] as const) {
    it(`whose checks always ${what} comes to an end within its time, with the last status`, async () => {
      const { problem, durationMs } = await compileWith([{ api: 'flow-compile-status', ...fault }])
      expect(problem?.message).to.match(/QUEUED/)
      expect(problem?.details).to.include({ lastStatus: 'QUEUED' })
      expect(durationMs).to.be.at.most(10_500)
    })
  }

  it('that was started without an answer is never started again', async () => {
    const { problem, jobsStarted } = await compileWith([{ api: 'flow-compile', drop: 'before-answer', commit: true }])
    expect(problem?.code).to.equal('UNKNOWN_OUTCOME')
    expect(jobsStarted).to.equal(1)
  })
})
