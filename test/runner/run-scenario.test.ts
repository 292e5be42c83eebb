import { expect } from 'chai'
import fc from 'fast-check'
import type { Send } from '../../src/api/send.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import type { StepContext } from '../../src/steps/step-kind.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Fake, fakes, met, only, outcomes, problems, record, request, scenario, step, unmet } from './run-fixture.ts'

/** Does not do for the first `times`, then does. */
function failing(times: number, how: Fake = async () => unmet()): Fake {
  let tries = 0
  return (context, one) => {
    tries += 1
    return tries > times ? fakes.pass() : how(context, one)
  }
}

const error =
  (problem: ProblemError['problem']): Fake =>
  () =>
    Promise.reject(new ProblemError(problem))

describe('retries of a scenario', () => {
  it('make a later pass flaky: passed, with all tries told', async () => {
    const { events, summary } = await record([scenario('flaky', ['shaky'])], { kinds: { shaky: failing(2) }, retries: 3 })
    expect(only(events, 'try-finished').map((event) => [event.try, event.outcome.status])).to.deep.equal([
      [1, 'failed'],
      [2, 'failed'],
    ])
    expect(only(events, 'scenario-finished')[0]).to.deep.include({ tries: 3, outcome: { status: 'passed' } })
    expect(summary.counts).to.include({ passed: 1, flaky: 1 })
    expect(summary.exitCode).to.equal(0)
  })

  it('do not help where flaky counts as failed, and flaky is counted apart all the same', async () => {
    const { events, summary } = await record([scenario('flaky', ['shaky'])], {
      kinds: { shaky: failing(1) },
      retries: 3,
      failOnFlaky: true,
    })
    const [end] = only(events, 'scenario-finished')
    expect(end).to.deep.include({ tries: 2 })
    expect(end?.outcome).to.have.nested.property(
      'findings[0].message',
      'it passed on try 2 only: it is flaky, and --fail-on-flaky counts that as failed',
    )
    expect(summary.counts).to.include({ passed: 0, failed: 1, flaky: 1 })
    expect(summary.exitCode).to.equal(1)
  })

  it('are as many as allowed and no more, whatever becomes of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 5 }), fc.nat({ max: 5 }), async (failures, retries) => {
        const { events } = await record([scenario('s', ['shaky'], { retries })], { kinds: { shaky: failing(failures) }, retries: 9 })
        const [end] = only(events, 'scenario-finished')
        expect(end?.tries).to.equal(Math.min(failures, retries) + 1)
        expect(end?.outcome.status).to.equal(failures <= retries ? 'passed' : 'failed')
        expect(only(events, 'try-finished')).to.have.length(Math.min(failures, retries))
      }),
    )
  })

  it('run all steps and the teardown again, with nothing left of the try before', async () => {
    const seen: string[] = []
    const note: Fake = async (_context, { input }) => {
      seen.push(String(input['what']))
      return met
    }
    await record(
      [
        scenario('s', [step('note', { id: 'first', input: { what: 'first' } }), 'shaky'], {
          retries: 1,
          teardown: [step('note', { input: { what: 'teardown' } })],
        }),
      ],
      {
        kinds: { note, shaky: failing(1) },
        bind: (one, earlier) => {
          if (one.id === 'first') seen.push(`knows ${earlier.size}`)
          return one
        },
      },
    )
    expect(seen).to.deep.equal(['knows 0', 'first', 'teardown', 'knows 0', 'first', 'teardown'])
  })

  it('happen after an error that may pass', async () => {
    const { events } = await record([scenario('s', ['shaky'], { retries: 1 })], { kinds: { shaky: failing(1, fakes.error) } })
    expect(outcomes(events)).to.deep.equal({ s: 'passed' })
  })

  const finals = [problems.unknown, problems.credentials, problems.outage, problems.scope]
  for (const problem of finals) {
    it(`do not happen after ${problem.code}`, async () => {
      const { events } = await record([scenario('s', ['shaky'], { retries: 3 })], { kinds: { shaky: failing(1, error(problem)) } })
      expect(only(events, 'scenario-finished')[0]).to.include({ tries: 1 })
    })
  }

  it('do not happen where a request that starts a job was out when its time was over: there may be a job', async () => {
    const clock = new FakeClock()
    const start: Fake = (context) => context.send(request({ startsJob: true })).then(() => met)
    const recording = record([scenario('s', ['start'], { retries: 3 })], {
      clock,
      kinds: { start },
      send: () => new Promise(() => undefined),
      timeouts: { stepMs: 1_000 },
    })
    await clock.advance(10_000)
    expect(only((await recording).events, 'scenario-finished')[0]).to.include({ tries: 1 })
  })

  describe('where a request that starts a job was accepted in a way that nobody understands', () => {
    const garbled: Problem = { code: 'PROTOCOL_ERROR', message: 'POST /x was answered 201, but the body is not valid JSON' }
    const job = { job: 'compile', id: 'j-1', status: 'QUEUED' }

    /** How often the scenario is tried, where its step does this once its request was answered. */
    async function triesOf(send: Send, then: (context: StepContext) => Promise<undefined>): Promise<number | undefined> {
      const start: Fake = async (context) => {
        await context.send(request({ startsJob: true }))
        return then(context)
      }
      const { events } = await record([scenario('s', ['start'], { retries: 3 })], { kinds: { start }, send })
      return only(events, 'scenario-finished')[0]?.tries
    }

    const accepted: Send = async () => ({ status: 201, headers: {}, body: null, latencyMs: 1, attempts: 1 })
    const fails = () => Promise.reject(new ProblemError(garbled))

    it('do not happen: there may be a job', async () => {
      expect(await triesOf(fails, async () => undefined)).to.equal(1)
      expect(await triesOf(accepted, fails)).to.equal(1)
    })

    it('happen where the job is known, or was certainly not started', async () => {
      const known = (context: StepContext): Promise<undefined> => {
        context.job(job)
        return fails()
      }
      const refused = () => Promise.reject(new ProblemError(problems.server))
      expect(await triesOf(accepted, known)).to.equal(4)
      expect(await triesOf(refused, async () => undefined)).to.equal(4)
    })
  })

  it('happen after a time-out that can have started nothing', async () => {
    const clock = new FakeClock()
    const recording = record([scenario('s', ['shaky'], { retries: 1 })], {
      clock,
      kinds: { shaky: failing(1, fakes.hang) },
      timeouts: { stepMs: 1_000 },
    })
    await clock.advance(10_000)
    expect(outcomes((await recording).events)).to.deep.equal({ s: 'passed' })
  })
})

describe('the teardown of a scenario', () => {
  const tidy = { teardown: [step('note'), step('note')] }
  const endings: Readonly<Record<string, string>> = {
    pass: 'passed',
    fail: 'failed',
    error: 'errored',
    break: 'errored',
    ignore: 'errored',
  }

  for (const [kind, status] of Object.entries(endings)) {
    it(`runs after a step that does "${kind}", and leaves the verdict alone`, async () => {
      let noted = 0
      const note: Fake = async () => {
        noted += 1
        return met
      }
      const clock = new FakeClock()
      const recording = record([scenario('s', [kind], tidy)], { clock, kinds: { note }, timeouts: { stepMs: 1_000 } })
      await clock.advance(5_000)
      const { events } = await recording
      expect(noted).to.equal(2)
      expect(outcomes(events)).to.deep.equal({ s: status })
      expect(only(events, 'step-finished').filter((event) => event.teardown)).to.have.length(2)
    })
  }

  it('goes on after a step of it that fails, tells each, and ends the run with exit code 3', async () => {
    const { events, summary } = await record([scenario('s', ['pass'], { teardown: [step('error'), step('fail'), step('pass')] })])
    expect(only(events, 'teardown-failed').map((event) => [event.step, event.problem?.code, event.findings?.[0]?.code])).to.deep.equal([
      [1, 'SERVER_ERROR', undefined],
      [2, undefined, 'NODE_NOT_VISITED'],
    ])
    expect(outcomes(events)).to.deep.equal({ s: 'passed' })
    expect(summary.exitCode).to.equal(3)
    expect(summary.counts.teardownsFailed).to.equal(2)
  })

  it('has a limit of time of its own', async () => {
    const clock = new FakeClock()
    const recording = record([scenario('s', ['pass'], { teardown: [step('ignore'), step('pass')] })], {
      clock,
      timeouts: { teardownMs: 2_000 },
    })
    await clock.advance(2_500)
    const failures = only((await recording).events, 'teardown-failed')
    expect(failures.map((event) => event.problem?.code)).to.deep.equal(['TIMEOUT', 'TIMEOUT'])
    expect(failures[0]?.problem?.message).to.contain('the teardown took longer than 2s')
  })

  it('does not count as part of the duration', async () => {
    const clock = new FakeClock({ auto: true })
    const slow = { teardown: [step('work', { input: { ms: 500 } })] }
    const { events } = await record([scenario('s', [step('work', { input: { ms: 70 } })], slow)], { clock })
    expect(only(events, 'scenario-finished')[0]?.durationMs).to.equal(70)
  })

  it('leaves out what a step would have made that was never begun', async () => {
    const bind = (one: ReturnType<typeof step>, earlier: ReadonlyMap<string, unknown>) => {
      if (one.kind === 'note' && !earlier.has('build')) throw new ProblemError({ code: 'UNKNOWN_REFERENCE', message: 'no "build"' })
      return one
    }
    const teardown = [step('note')]
    const note = fakes.pass
    const never = await record([scenario('s', ['fail', step('pass', { id: 'build' })], { teardown })], { bind, kinds: { note } })
    expect(only(never.events, 'teardown-failed')).to.deep.equal([])
    const begun = await record([scenario('s', [step('error', { id: 'build' })], { teardown })], { bind, kinds: { note } })
    expect(only(begun.events, 'teardown-failed')).to.have.length(1)
  })
})

describe('--bail', () => {
  it('starts no scenario once so many did not pass; the rest is not run', async () => {
    const all = Array.from({ length: 9 }, (_, index) => scenario(`${index}`, [index === 2 || index === 4 ? 'fail' : 'pass']))
    const { events, summary } = await record(all, { bail: 2, limits: { requestsAtOnce: 1 } })
    expect(Object.values(outcomes(events))).to.deep.equal([
      ...['passed', 'passed', 'failed', 'passed', 'failed'],
      ...['not-run', 'not-run', 'not-run', 'not-run'],
    ])
    expect(only(events, 'scenario-finished').at(-1)?.outcome).to.include({ cause: 'stopped' })
    expect(only(events, 'scenario-started')).to.have.length(5)
    expect(summary.exitCode).to.equal(1)
    expect(summary.interruption).to.contain('--bail 2')
  })

  it('lets what runs come to its own end', async () => {
    const { events } = await record(
      [scenario('slow', [step('work', { input: { ms: 50 } })]), scenario('fails', ['fail']), scenario('late')],
      {
        bail: 1,
        limits: { requestsAtOnce: 2 },
      },
    )
    expect(outcomes(events)).to.deep.equal({ fails: 'failed', slow: 'passed', late: 'not-run' })
  })
})
