import { expect } from 'chai'
import { ProblemError } from '../../src/model/problem.ts'
import type { StepContext } from '../../src/steps/step-kind.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Fake, met, only, outcomes, problems, record, request, scenario, step } from './run-fixture.ts'

/** Starts a job, and hangs; `how` says what comes of stopping it. */
function job(how: (context: StepContext) => Promise<void>): Fake {
  return async (context) => {
    context.ifCut(async (send) => {
      await send(request({ method: 'DELETE', path: '/job' }))
      await how(context)
    })
    context.job({ job: 'simulation', id: 'j-1', status: 'running' })
    await context.clock.sleep(1e9, context.signal)
    return met
  }
}

const stops = job(async (context) => context.job({ job: 'simulation', id: 'j-1', status: 'stopped', ended: true }))
const leaves = job(async (context) =>
  context.note({ job: 'simulation', id: 'j-1', tag: 't', phase: 'left', error: 'it cannot be stopped' }),
)

describe('tidying up after a step', () => {
  it('may send requests although the time of the step is over, and these are told with it', async () => {
    const { events } = await record([scenario('one', [step('stops', { withinMs: 100 })])], { kinds: { stops } })
    expect(only(events, 'request-intended').map(({ method, step: index }) => [method, index])).to.deep.equal([['DELETE', 0]])
    expect(only(events, 'job-changed').map(({ status }) => status)).to.deep.equal(['running', 'stopped'])
    expect(outcomes(events)).to.deep.equal({ one: 'errored' })
  })

  it('comes before the step is told as finished, with what was left in its problem', async () => {
    const { events } = await record([scenario('one', [step('leaves', { withinMs: 100 })], { retries: 3 })], { kinds: { leaves } })
    const finished = only(events, 'step-finished')
    expect(finished[0]?.problem?.message).to.match(/; simulation j-1 was left running: it cannot be stopped$/)
    expect(finished[0]?.problem?.details?.['jobsLeft']).to.have.length(1)
    expect(events.findIndex(({ type }) => type === 'job-noted')).to.be.below(events.findIndex(({ type }) => type === 'step-finished'))
    expect(finished, 'what was left must not be started again').to.have.length(1)
  })

  it('is done after a problem of the step too, and not after its end', async () => {
    const tidied: string[] = []
    const kinds: Record<string, Fake> = {
      fails: async (context) => {
        context.ifCut(async () => void tidied.push('fails'))
        throw new ProblemError(problems.server)
      },
      succeeds: async (context) => {
        context.ifCut(async () => void tidied.push('succeeds'))()
        return met
      },
    }
    await record([scenario('one', ['fails']), scenario('two', ['succeeds'])], { kinds })
    expect(tidied).to.deep.equal(['fails'])
  })

  it('ends in a bounded time, whatever it waits for', async () => {
    const clock = new FakeClock({ auto: true })
    const endless = job(() => new Promise(() => undefined))
    const { events } = await record([scenario('one', [step('endless', { withinMs: 100 })])], { kinds: { endless }, clock })
    expect(outcomes(events)).to.deep.equal({ one: 'errored' })
    expect(clock.now()).to.be.at.most(16_000)
  })

  it('holds the place of the job until it is done', async () => {
    let open = 0
    let most = 0
    const kinds: Record<string, Fake> = {
      busy: (context) =>
        context.openJob(async () => {
          open += 1
          most = Math.max(most, open)
          context.ifCut(async () => {
            await context.clock.sleep(50)
            open -= 1
          })
          await context.clock.sleep(1e9, context.signal)
          return met
        }),
    }
    const all = Array.from({ length: 6 }, (_, index) => scenario(`s${index}`, [step('busy', { withinMs: 100 })]))
    await record(all, { kinds, limits: { jobsOpenOfKind: { busy: 2 } } })
    expect(most).to.equal(2)
    expect(open).to.equal(0)
  })
})

describe('places for jobs of one kind', () => {
  it('bound that kind, and no other', async () => {
    const open: Record<string, number> = { one: 0, other: 0 }
    const most: Record<string, number> = { one: 0, other: 0 }
    const kindOf =
      (name: string): Fake =>
      (context) =>
        context.openJob(async () => {
          open[name] = (open[name] ?? 0) + 1
          most[name] = Math.max(most[name] ?? 0, open[name] ?? 0)
          await context.park(() => context.clock.sleep(100, context.signal))
          open[name] = (open[name] ?? 0) - 1
          return met
        })
    const kinds = { one: kindOf('one'), other: kindOf('other') }
    const all = Array.from({ length: 20 }, (_, index) => scenario(`s${index}`, [index % 2 === 0 ? 'one' : 'other']))
    const { events } = await record(all, { kinds, limits: { jobsOpenOfKind: { one: 3 } } })
    expect(Object.values(outcomes(events)).every((status) => status === 'passed')).to.equal(true)
    expect(most['one']).to.equal(3)
    expect(most['other']).to.be.above(3)
  })

  it('have a limit of time of their own', async () => {
    const { events } = await record([scenario('one', ['hang'])], { timeouts: { stepMs: 1_000, stepOfKindMs: { hang: 5_000 } } })
    expect(only(events, 'step-finished')[0]?.problem?.details).to.include({ limit: 'step', limitMs: 5_000 })
  })
})
