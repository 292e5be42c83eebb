import { expect } from 'chai'
import { ProblemError } from '../../src/model/problem.ts'
import { Interruption } from '../../src/runner/interruption.ts'
import type { EndContext } from '../../src/steps/step-kind.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Fake, type FixtureOptions, only, outcomes, type RunRecord, record, request, scenario, step } from './run-fixture.ts'

type PutBack = (context: EndContext) => Promise<void>

/** A kind of step that has something put back, and does `then` afterwards. */
function registering(putBack: PutBack, then: Fake = async () => undefined): Fake {
  return async (context, one) => {
    context.atEnd(putBack)
    return then(context, one)
  }
}

/** A kind that notes its name when the scenario is over. */
function noting(log: string[]): Fake {
  return async (context, { input }) => {
    context.atEnd(async () => void log.push(`${input['name']} is put back`))
    log.push(`${input['name']} runs`)
    return undefined
  }
}

const change = (name: string) => step('change', { input: { name } })

describe('what steps have put back', () => {
  it('is put back when the scenario is over, behind its teardown, the last first', async () => {
    const log: string[] = []
    const steps = [change('one'), change('two')]
    const { events } = await record([scenario('s', steps, { teardown: [change('three')] })], { kinds: { change: noting(log) } })
    expect(log).to.deep.equal([...['one runs', 'two runs', 'three runs'], ...['three is put back', 'two is put back', 'one is put back']])
    expect(outcomes(events)).to.deep.equal({ s: 'passed' })
    expect(only(events, 'teardown-failed')).to.deep.equal([])
  })

  it('is put back in each try', async () => {
    const log: string[] = []
    await record([scenario('s', [change('one'), 'fail'], { retries: 1 })], { kinds: { change: noting(log) } })
    expect(log.filter((line) => line === 'one is put back')).to.have.length(2)
  })

  const endings: Readonly<Record<string, { readonly steps: readonly string[]; readonly options?: FixtureOptions }>> = {
    'a step fails': { steps: ['register', 'fail'] },
    'the step itself breaks': { steps: ['registerAndBreak'] },
    'its time is over': { steps: ['registerAndHang'], options: { timeouts: { scenarioMs: 1_000 } } },
    'the run is interrupted': { steps: ['registerAndHang'], options: { signal: AbortSignal.abort(new Interruption('SIGINT')) } },
  }
  for (const [what, { steps, options }] of Object.entries(endings)) {
    it(`is put back where ${what}`, async () => {
      let isPutBack = false
      const putBack: PutBack = async () => {
        isPutBack = true
      }
      const clock = new FakeClock()
      const controller = new AbortController()
      const kinds = {
        register: registering(putBack),
        registerAndBreak: registering(putBack, async () => {
          throw new ProblemError({ code: 'SERVER_ERROR', message: 'down' })
        }),
        registerAndHang: registering(putBack, () => new Promise(() => undefined)),
      }
      const signal = options?.signal ? controller.signal : undefined
      const run = record([scenario('s', steps)], { ...options, clock, kinds, ...(signal ? { signal } : {}) })
      await clock.advance(100)
      if (options?.signal) controller.abort(options.signal.reason)
      await clock.advance(5_000)
      await run
      expect(isPutBack).to.equal(true)
    })
  }

  it('may send, and its requests are told as those of its step', async () => {
    const kinds = { register: registering(async ({ send }) => void (await send(request()))) }
    const { events } = await record([scenario('s', ['pass', 'register'])], { kinds })
    expect(only(events, 'request-answered').map((event) => event.step)).to.deep.equal([1])
  })

  it('is told as a failed teardown where it does not work, and leaves the verdict alone', async () => {
    const problem = { code: 'REQUEST_REFUSED', message: 'somebody else was faster' } as const
    const kinds = {
      register: registering(async () => {
        throw new ProblemError(problem)
      }),
    }
    const { events, summary } = await record([scenario('s', ['pass', 'register'])], { kinds })
    expect(only(events, 'teardown-failed')).to.have.length(1)
    expect(only(events, 'teardown-failed')[0]).to.deep.include({ step: 1, problem })
    expect(outcomes(events)).to.deep.equal({ s: 'passed' })
    expect(summary.counts.teardownsFailed).to.equal(1)
  })

  it('has the time of the teardown, and no more', async () => {
    const clock = new FakeClock()
    const aborted: unknown[] = []
    const hang: PutBack = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(signal.reason)
          reject(signal.reason)
        })
      })
    const kinds = { register: registering(hang) }
    const running: Promise<RunRecord> = record([scenario('s', ['register', 'register'])], { clock, kinds, timeouts: { teardownMs: 2_000 } })
    await clock.advance(3_000)
    const { events } = await running
    expect(aborted).to.have.length(1)
    const problems = only(events, 'teardown-failed').map(({ problem }) => problem?.message)
    expect(problems).to.deep.equal(Array.from({ length: 2 }, () => 'the teardown took longer than 2s, its limit of time'))
  })

  it('is a bug of ours where it throws what is no problem', async () => {
    const kinds = {
      register: registering(async () => {
        throw new TypeError('a bug')
      }),
    }
    const { summary } = await record([scenario('s', ['register'])], { kinds })
    expect(summary.exitCode).to.equal(70)
  })
})
