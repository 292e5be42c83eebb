import { expect } from 'chai'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Fake, met, only, outcomes, problems, record, request, scenario } from './run-fixture.ts'

const meet =
  (problem: Problem): Fake =>
  () =>
    Promise.reject(new ProblemError(problem))

const all = Array.from({ length: 200 }, (_, index) => scenario(`${index}`, ['meet']))

describe('a problem that blocks the target', () => {
  it('is one error where the credentials are refused: the other scenarios are not run and point to it', async () => {
    const { events, summary } = await record(all, { kinds: { meet: meet(problems.credentials) } })
    const ends = only(events, 'scenario-finished')
    expect(ends.filter((event) => event.outcome.status === 'errored')).to.have.length(1)
    expect(ends.filter((event) => event.outcome.status === 'not-run')).to.have.length(199)
    expect(ends.at(-1)?.outcome).to.deep.equal({
      status: 'not-run',
      cause: 'stopped',
      reason: 'the target refused it: see "menu.cxspec.yaml#0"',
    })
    expect(JSON.stringify(events).split(problems.credentials.message)).to.have.length.below(4)
    expect(summary.exitCode).to.equal(3)
  })

  it('errors all others during an outage, each with a short reference, and ends the run early', async () => {
    const { events, summary } = await record(all, { kinds: { meet: meet(problems.outage) } })
    const ends = only(events, 'scenario-finished')
    expect(ends.filter((event) => event.outcome.status === 'errored')).to.have.length(200)
    expect(ends.at(-1)?.outcome).to.have.nested.property('problem.message', 'platform unavailable: see "menu.cxspec.yaml#0"')
    expect(only(events, 'scenario-started').length).to.be.at.most(8)
    expect(only(events, 'run-finished')[0]).to.include({ exitCode: 3 })
    expect(summary.interruption).to.contain('platform unavailable')
  })

  it('cuts short what works meanwhile', async () => {
    const clock = new FakeClock()
    const { events } = await record([scenario('waits', ['hang']), scenario('meets', ['meet'])], {
      clock,
      kinds: { meet: meet(problems.outage) },
    })
    expect(outcomes(events)).to.deep.equal({ meets: 'errored', waits: 'errored' })
    expect(clock.now()).to.equal(0)
  })
})

describe('a problem that blocks one API', () => {
  it('is one error; further requests to that API are not sent, and everything else goes on', async () => {
    let sent = 0
    const ask: Fake = (context) => context.send(request()).then(() => met)
    const send = async (): Promise<never> => {
      sent += 1
      throw new ProblemError(problems.scope)
    }
    const scenarios = [...Array.from({ length: 20 }, (_, index) => scenario(`${index}`, ['ask'])), scenario('other', ['pass'])]
    const { events, summary } = await record(scenarios, { kinds: { ask }, send, limits: { requestsAtOnce: 2 } })
    const ends = only(events, 'scenario-finished')
    expect(ends.filter((event) => event.outcome.status === 'errored')).to.have.length(1)
    expect(outcomes(events)['other']).to.equal('passed')
    expect(sent).to.be.at.most(2)
    expect(ends.find((event) => event.outcome.status === 'not-run')?.outcome).to.include({
      reason: 'flow-debug: the target refused it: see "menu.cxspec.yaml#0"',
    })
    expect(summary.exitCode).to.equal(3)
    expect(summary.interruption).to.equal(undefined)
  })
})
