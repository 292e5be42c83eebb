import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../src/model/event.ts'
import type { Scenario } from '../../src/model/suite.ts'
import { Interruption } from '../../src/runner/interruption.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { only, record, scenario } from './run-fixture.ts'

const kinds = fc.constantFrom('pass', 'fail', 'doubt', 'error', 'break', 'hang', 'ignore', 'work', 'job', 'unknown')

const scripts = fc.array(
  fc.record({
    steps: fc.array(kinds, { minLength: 1, maxLength: 4 }),
    teardown: fc.array(kinds, { maxLength: 2 }),
    retries: fc.integer({ min: 0, max: 2 }),
    resources: fc.subarray(['a', 'b']),
    skip: fc.boolean().map((skipped) => (skipped ? { skip: 'why' } : {})),
  }),
  { minLength: 1, maxLength: 12, size: '+1' },
)

function scenarios(
  all: readonly { steps: string[]; teardown: string[]; retries: number; resources: string[]; skip: object }[],
): Scenario[] {
  return all.map(({ steps, teardown, retries, resources, skip }, index) => {
    const { steps: tidying } = scenario('', teardown)
    return scenario(`${index}`, steps, { teardown: tidying, retries, resources, ...skip })
  })
}

/** Each planned scenario has one end, nothing of it comes before its start or behind its end, and the run ends last. */
function expectCompleteStory(events: readonly RunEvent[], planned: number): void {
  const finished = only(events, 'scenario-finished').map((event) => event.scenario)
  expect(only(events, 'suite-planned').flatMap((event) => event.scenarios)).to.have.length(planned)
  expect(finished).to.have.length(planned)
  expect(new Set(finished).size).to.equal(planned)
  expect(events.at(-1)?.type).to.equal('run-finished')
  const ended = new Set<string>()
  for (const event of events) {
    if (!('scenario' in event)) continue
    expect(ended.has(event.scenario)).to.equal(false)
    if (event.type === 'scenario-finished') ended.add(event.scenario)
  }
}

describe('a run', () => {
  it('ends each scenario that it planned exactly once, whatever steps do', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, fc.integer({ min: 1, max: 3 }), fc.option(fc.integer({ min: 1, max: 3 })), async (all, atOnce, bail) => {
        const clock = new FakeClock()
        const recording = record(scenarios(all), {
          clock,
          limits: { requestsAtOnce: atOnce, jobsOpen: 2 },
          timeouts: { stepMs: 100, scenarioMs: 250 },
          ...(bail === null ? {} : { bail }),
        })
        await clock.advance(60_000)
        const { events, summary } = await recording
        expectCompleteStory(events, all.length)
        const { passed, failed, errored, skipped, inconclusive, notRun } = summary.counts
        expect(passed + failed + errored + skipped + inconclusive + notRun).to.equal(all.length)
        const isGreen = failed + errored + notRun + summary.counts.teardownsFailed === 0 && all.length > skipped
        expect(summary.exitCode === 0).to.equal(isGreen)
      }),
      { numRuns: 250 },
    )
  }).timeout(60_000)

  it('ends each of them also when it is interrupted, at whatever moment, within 7 s', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, fc.integer({ min: 2, max: 40 }), async (all, moment) => {
        const clock = new FakeClock()
        const controller = new AbortController()
        let seen = 0
        let interruptedAtMs = Number.NaN
        let finishedAtMs = Number.NaN
        const recording = record(scenarios(all), {
          clock,
          signal: controller.signal,
          limits: { requestsAtOnce: 2, jobsOpen: 3 },
          timeouts: { stepMs: 0, scenarioMs: 0 },
          onEvent: (event) => {
            if (event.type === 'run-finished') finishedAtMs = clock.now()
            seen += 1
            if (seen !== moment) return
            interruptedAtMs = clock.now()
            controller.abort(new Interruption('SIGTERM'))
          },
        })
        await clock.advance(200)
        if (!controller.signal.aborted) interruptedAtMs = clock.now()
        controller.abort(new Interruption('SIGTERM'))
        controller.abort(new Interruption('SIGINT'))
        await clock.advance(7_000)
        const { events, summary } = await recording
        expectCompleteStory(events, all.length)
        if (Number.isFinite(finishedAtMs) && finishedAtMs >= interruptedAtMs) expect(finishedAtMs - interruptedAtMs).to.be.below(7_000)
        if (summary.interruption !== undefined) expect(summary.exitCode).to.equal(summary.bugs.length > 0 ? 70 : 143)
      }),
      { numRuns: 250 },
    )
  }).timeout(60_000)
})
