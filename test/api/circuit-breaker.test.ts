import { expect } from 'chai'
import { CircuitBreaker } from '../../src/api/circuit-breaker.ts'
import { ProblemError } from '../../src/model/problem.ts'
import { FakeClock } from '../support/fake-clock.ts'

function opened(): { clock: FakeClock; breaker: CircuitBreaker } {
  const clock = new FakeClock()
  const breaker = new CircuitBreaker(clock, 'staging')
  for (let failure = 0; failure < 10; failure += 1) breaker.record('full', 'GET /x: the connection was refused')
  return { clock, breaker }
}

describe('CircuitBreaker', () => {
  it('opens after ten requests in a row that found nobody, and says why for how long', () => {
    const { breaker } = opened()
    expect(() => breaker.admit())
      .to.throw(
        ProblemError,
        'staging is unavailable: 10 requests in a row failed, the last with: GET /x: the connection was refused. Nothing more is sent for 30 s',
      )
      .with.nested.include({ 'problem.code': 'PLATFORM_UNAVAILABLE', 'problem.blocks': 'target' })
  })

  it('opens only after thirty answers of 500, which may be the fault of one flow', () => {
    const breaker = new CircuitBreaker(new FakeClock(), 'staging')
    for (let failure = 0; failure < 29; failure += 1) breaker.record('some', '500')
    breaker.admit()
    breaker.record('some', '500')
    expect(() => breaker.admit()).to.throw(ProblemError)
  })

  it('counts failures in a row only', () => {
    const breaker = new CircuitBreaker(new FakeClock(), 'staging')
    for (let failure = 0; failure < 50; failure += 1) {
      breaker.record('full', 'reset')
      if (failure % 9 === 8) breaker.record('none', '')
      breaker.record('unknown', '')
    }
    breaker.admit()
  })

  it('lets one probe through after half a minute', async () => {
    const { clock, breaker } = opened()
    await clock.advance(29_999)
    expect(() => breaker.admit()).to.throw(ProblemError)
    await clock.advance(1)
    breaker.admit()
    expect(() => breaker.admit(), 'a second one').to.throw(ProblemError)
  })

  it('closes when the probe succeeds', async () => {
    const { clock, breaker } = opened()
    await clock.advance(30_000)
    breaker.admit()
    breaker.record('none', '')
    breaker.admit()
    breaker.admit()
  })

  it('stays open for as long again when the probe fails', async () => {
    const { clock, breaker } = opened()
    await clock.advance(30_000)
    breaker.admit()
    breaker.record('full', 'still down')
    expect(() => breaker.admit()).to.throw(ProblemError, 'still down')
    await clock.advance(30_000)
    breaker.admit()
  })

  it('lets another probe through where one was given up', async () => {
    const { clock, breaker } = opened()
    await clock.advance(30_000)
    breaker.admit()
    breaker.record('unknown', '')
    breaker.admit()
  })
})
