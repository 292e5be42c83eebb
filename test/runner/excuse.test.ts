import { expect } from 'chai'
import fc from 'fast-check'
import type { Excuse } from '../../src/model/excuse.ts'
import { only, record, scenario } from './run-fixture.ts'

const excuse: Excuse = { kind: 'quarantine', reason: 'quarantined by ivr-team until 2026-12-31: waits for the new queue' }

describe('an excuse', () => {
  it('keeps a failure from making the run red, and is told with the outcome, which stands', async () => {
    const { events, summary } = await record([scenario('bad', ['fail']), scenario('good', ['pass'])], { excuse: () => excuse })
    const [bad, good] = ['bad', 'good'].map((id) => only(events, 'scenario-finished').find((event) => event.scenario.endsWith(`#${id}`)))
    expect(bad?.outcome.status).to.equal('failed')
    expect(bad?.excuse).to.deep.equal(excuse)
    expect(good).not.to.have.property('excuse')
    expect(summary).to.deep.include({ exitCode: 0 })
    expect(summary.counts).to.include({ excused: 1, failed: 0, passed: 1 })
  })

  it('does not count for --bail', async () => {
    const { summary } = await record([scenario('a', ['fail']), scenario('b', ['pass'])], { excuse: () => excuse, bail: 1 })
    expect(summary.counts).to.include({ excused: 1, passed: 1 })
  })

  it('is not a run of nothing', async () => {
    expect((await record([scenario('a', ['fail'])], { excuse: () => excuse })).summary.exitCode).to.equal(0)
  })

  it('leaves the exit code to those that are not excused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('pass', 'fail'), fc.boolean()), { minLength: 1, maxLength: 6 }), async (all) => {
        const { summary } = await record(
          all.map(([step], index) => scenario(String(index), [step])),
          { excuse: (id: string) => (all[Number(id.split('#')[1])]?.[1] ? excuse : undefined) },
        )
        expect(summary.exitCode).to.equal(all.some(([step, isExcused]) => step === 'fail' && !isExcused) ? 1 : 0)
      }),
      { numRuns: 40 },
    )
  })
})
