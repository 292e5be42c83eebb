import { expect } from 'chai'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import type { Scenario } from '../../src/model/suite.ts'
import { FakeClock } from '../support/fake-clock.ts'
import {
  type Fake,
  type FixtureOptions,
  fakes,
  met,
  only,
  outcomes,
  type RunRecord,
  record,
  request,
  scenario,
  step,
} from './run-fixture.ts'

/** Runs under a clock that is moved on until everything has ended. */
async function within(scenarios: readonly Scenario[], options: FixtureOptions, ms = 60_000): Promise<RunRecord> {
  const clock = new FakeClock()
  const recording = record(scenarios, { ...options, clock })
  await clock.advance(ms)
  return recording
}

/** The timers of the run ring a little late; `sleep` is on time. */
function clockWithLateTimers(): { readonly clock: FakeClock; readonly sleep: (ms: number) => Promise<void> } {
  const clock = new FakeClock()
  const sleep = clock.sleep.bind(clock)
  clock.sleep = (ms, signal) => sleep(ms + 5, signal)
  return { clock, sleep }
}

function problemOf({ events }: RunRecord): Problem | undefined {
  const outcome = only(events, 'scenario-finished')[0]?.outcome
  return outcome?.status === 'errored' ? outcome.problem : undefined
}

describe('limits of time', () => {
  for (const kind of ['hang', 'ignore']) {
    it(`end a step that would ${kind} for ever, and say which limit it was`, async () => {
      const ran = await within([scenario('s', [kind])], { timeouts: { stepMs: 2_000 } })
      expect(problemOf(ran)).to.include({ code: 'TIMEOUT', message: 'the step took longer than 2s (the time-out of a step)' })
      expect(only(ran.events, 'scenario-finished')[0]?.durationMs).to.equal(2_000)
    })
  }

  it('let an author bound a step with "within", above or below the time-out of steps', async () => {
    const ran = await within([scenario('s', [step('hang', { withinMs: 5_000 })])], { timeouts: { stepMs: 2_000 } })
    expect(problemOf(ran)?.message).to.equal('the step took longer than 5s ("within")')
    expect(only(ran.events, 'scenario-finished')[0]?.durationMs).to.equal(5_000)
  })

  it('leave a step the time that it needs by its own words', async () => {
    const needy = step('hang', { input: { needsMs: 5_000 } })
    const ran = await within([scenario('s', [needy])], { timeouts: { stepMs: 2_000 } })
    expect(only(ran.events, 'scenario-finished')[0]?.durationMs).to.equal(5_000)
    const patient = await within([scenario('s', [needy])], { timeouts: { stepMs: 9_000 } })
    expect(only(patient.events, 'scenario-finished')[0]?.durationMs).to.equal(9_000)
  })

  it('bound a scenario with all its steps', async () => {
    const work = step('work', { input: { ms: 400 } })
    const ran = await within([scenario('s', [work, work, work])], { timeouts: { scenarioMs: 1_000 } })
    expect(problemOf(ran)?.message).to.contain('the scenario took longer than 1s')
    expect(only(ran.events, 'step-finished')).to.have.length(3)
  })

  it('take a scenario’s own limit before the configured one', async () => {
    const ran = await within([scenario('s', ['hang'], { timeoutMs: 300 })], { timeouts: { scenarioMs: 1_000 } })
    expect(only(ran.events, 'scenario-finished')[0]?.durationMs).to.equal(300)
  })

  it('end the run: what works is cut short, the rest is not run, exit code 3', async () => {
    const ran = await within([scenario('a', ['hang']), scenario('b', ['ignore']), scenario('c')], {
      limits: { requestsAtOnce: 2 },
      timeouts: { runMs: 3_000 },
    })
    expect(outcomes(ran.events)).to.deep.equal({ a: 'not-run', b: 'not-run', c: 'not-run' })
    expect(ran.summary).to.include({ exitCode: 3, interruption: 'the run took longer than 3s, its limit of time' })
  })

  it('say the last status of a job', async () => {
    const compile: Fake = (context) => {
      context.job({ job: 'compile', id: 'cmp-7', status: 'IN_PROGRESS' })
      return fakes.hang(context)
    }
    const problem = problemOf(await within([scenario('s', ['compile'])], { kinds: { compile }, timeouts: { stepMs: 2_000 } }))
    expect(problem?.message).to.match(/; compile cmp-7 was IN_PROGRESS when last seen$/)
    expect(problem?.details).to.deep.equal({ limit: 'step', limitMs: 2_000, job: 'compile', jobId: 'cmp-7', lastStatus: 'IN_PROGRESS' })
  })

  it('say which answer a step was waiting for', async () => {
    const ask: Fake = (context) => context.send(request()).then(() => met)
    const options = { kinds: { ask }, send: () => new Promise<never>(() => undefined), timeouts: { stepMs: 2_000 } }
    expect(problemOf(await within([scenario('s', ['ask'])], options))?.message).to.match(
      /waiting for the answer to POST \/api\/v2\/flows\/debug$/,
    )
  })

  for (const limit of ['step', 'scenario', 'run'] as const) {
    it(`give the correlation id of the request that was out when the time of the ${limit} was over`, async () => {
      const ask: Fake = (context) => context.send(request({ correlationId: 'x-77' })).then(() => met)
      const options = { kinds: { ask }, send: () => new Promise<never>(() => undefined), timeouts: { [`${limit}Ms`]: 2_000 } }
      const { events } = await within([scenario('s', ['ask'])], options)
      expect(only(events, 'step-finished')[0]?.problem?.details).to.deep.equal({ limit, limitMs: 2_000, correlationId: 'x-77' })
    })
  }

  it('give no correlation id of a request that has been answered', async () => {
    const ask: Fake = (context) => context.send(request({ correlationId: 'x-77' })).then(() => fakes.hang(context))
    const problem = problemOf(await within([scenario('s', ['ask'])], { kinds: { ask }, timeouts: { stepMs: 2_000 } }))
    expect(problem?.details).to.deep.equal({ limit: 'step', limitMs: 2_000 })
  })

  for (const code of ['TIMEOUT', 'UNKNOWN_OUTCOME'] as const) {
    it(`tell of themselves where the client knows of the end before the timer rings, with ${code}`, async () => {
      const ask: Fake = (context) => context.send(request()).then(() => met)
      for (const limit of ['step', 'scenario', 'teardown'] as const) {
        const { clock, sleep } = clockWithLateTimers()
        const send = async (): Promise<never> => {
          await sleep(2_000)
          throw new ProblemError({ code, message: 'the time for the whole call was over', advice: 'raise the time-outs' })
        }
        const steps = limit === 'teardown' ? { teardown: [step('ask')] } : {}
        const recording = record([scenario('s', limit === 'teardown' ? [] : ['ask'], steps)], {
          kinds: { ask },
          send,
          clock,
          timeouts: { [`${limit}Ms`]: 2_000 },
        })
        await clock.advance(9_000)
        const { events } = await recording
        const problem = only(events, 'step-finished')[0]?.problem
        expect(problem?.message).to.match(new RegExp(`^the ${limit} took longer than 2s.*; it was waiting for the answer to POST \\S+$`))
        expect(problem)
          .to.deep.include({ code: 'TIMEOUT', details: { limit, limitMs: 2_000 } })
          .and.not.have.property('advice')
      }
    })
  }

  it('leave what fails before them to its own words', async () => {
    const ask: Fake = (context) => context.send(request()).then(() => met)
    const send = (): Promise<never> =>
      Promise.reject(new ProblemError({ code: 'TIMEOUT', message: 'the time for the whole call was over' }))
    const ran = await within([scenario('s', ['ask'])], { kinds: { ask }, send, timeouts: { stepMs: 2_000 } })
    expect(problemOf(ran)?.message).to.equal('the time for the whole call was over')
  })

  it('are known to the step, which gets the nearest of them', async () => {
    const seen: unknown[] = []
    const look: Fake = async (context) => {
      seen.push(context.deadlineAtMs)
      return met
    }
    await within([scenario('s', ['look'])], { kinds: { look }, timeouts: { stepMs: 900, scenarioMs: 700, runMs: 800 } })
    await within([scenario('s', ['look'])], { kinds: { look } })
    expect(seen).to.deep.equal([700, Number.POSITIVE_INFINITY])
  })

  it('leave no timer behind that would keep the process alive', async () => {
    const sleeping = new Set<object>()
    const clock = {
      now: () => 0,
      date: () => new Date(0),
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((_resolve, reject) => {
          const sleeper = {}
          sleeping.add(sleeper)
          signal?.addEventListener('abort', () => {
            sleeping.delete(sleeper)
            reject(signal.reason)
          })
        }),
    }
    await record([scenario('a'), scenario('b')], { clock, timeouts: { stepMs: 1_000, scenarioMs: 2_000, runMs: 9_000 } })
    expect(sleeping.size).to.equal(0)
  })

  it('allow a step that has been cut short nothing more', async () => {
    const sent: string[] = []
    const stubborn: Fake = async (context) => {
      await context.clock.sleep(3_000)
      await context.send(request()).catch(() => undefined)
      await context.openJob(async () => sent.push('a job')).catch(() => undefined)
      return met
    }
    const send = async (): Promise<never> => {
      sent.push('a request')
      throw new Error('sent')
    }
    const ran = await within([scenario('s', ['stubborn']), scenario('t', [step('work', { input: { ms: 9_000 } })])], {
      kinds: { stubborn },
      send,
      timeouts: { stepMs: 1_000, scenarioMs: 0 },
      limits: { requestsAtOnce: 2 },
    })
    expect(sent).to.deep.equal([])
    expect(only(ran.events, 'request-intended')).to.deep.equal([])
  })

  it('still let a step tell of a job that it started too late, as long as the run lasts', async () => {
    const late: Fake = async (context, { input }) => {
      await context.clock.sleep(Number(input['ms']))
      context.job({ job: 'compile', id: `after ${input['ms']}`, status: 'QUEUED' })
      return met
    }
    const scenarios = [
      scenario('s', [step('late', { input: { ms: 2_000 } })]),
      scenario('t', [step('late', { input: { ms: 9_000 } })]),
      scenario('u', [step('work', { input: { ms: 5_000 }, withinMs: 6_000 })]),
    ]
    const { events } = await within(scenarios, { kinds: { late }, timeouts: { stepMs: 1_000 } })
    expect(only(events, 'job-changed').map((event) => event.id)).to.deep.equal(['after 2000'])
    expect(events.at(-1)?.type).to.equal('run-finished')
  })
})
