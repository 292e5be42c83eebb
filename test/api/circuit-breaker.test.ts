import { expect } from 'chai'
import { CircuitBreaker, type Strain } from '../../src/api/circuit-breaker.ts'
import { ProblemError } from '../../src/model/problem.ts'
import { FakeClock } from '../support/fake-clock.ts'

interface Setup {
  readonly clock: FakeClock
  readonly breaker: CircuitBreaker
  /** One request after the other ends like this. */
  readonly end: (times: number, strain: Strain, reason?: string) => void
}

function setup(): Setup {
  const clock = new FakeClock()
  const breaker = new CircuitBreaker(clock, 'staging')
  const end = (times: number, strain: Strain, reason = ''): void => {
    for (let count = 0; count < times; count += 1) breaker.record(breaker.admit(), strain, reason)
  }
  return { clock, breaker, end }
}

function opened(): Setup {
  const test = setup()
  test.end(10, 'full', 'GET /x: the connection was refused')
  return test
}

describe('CircuitBreaker', () => {
  it('opens after ten requests in a row that found nobody, and says why for how long', () => {
    const { breaker } = opened()
    expect(() => breaker.admit())
      .to.throw(
        ProblemError,
        'staging is unavailable: it failed 10 times in a row, the last time with: GET /x: the connection was refused. Nothing more is sent for 30 s',
      )
      .with.nested.include({ 'problem.code': 'PLATFORM_UNAVAILABLE', 'problem.blocks': 'target' })
  })

  it('opens only after thirty answers of 500, which may be the fault of one flow', () => {
    const { breaker, end } = setup()
    end(30, 'some')
    expect(() => breaker.admit()).to.throw(ProblemError)
    const other = setup()
    other.end(29, 'some')
    other.breaker.admit()
  })

  it('counts failures in a row only', () => {
    const { breaker, end } = setup()
    for (let round = 0; round < 5; round += 1) {
      end(9, 'full')
      end(3, 'unknown')
      end(1, 'none')
    }
    breaker.admit()
  })

  it('counts requests that were on their way together and fail at once as one', () => {
    const { breaker } = setup()
    for (let round = 0; round < 10; round += 1) {
      const together = Array.from({ length: 50 }, () => breaker.admit())
      for (const admission of together) breaker.record(admission, 'full', '429')
    }
    expect(() => breaker.admit()).to.throw(ProblemError, 'it failed 10 times in a row')
  })

  it('counts each of them that took its time to fail', async () => {
    const { breaker, clock } = setup()
    const together = Array.from({ length: 10 }, () => breaker.admit())
    await clock.advance(30_000)
    for (const admission of together) breaker.record(admission, 'full', 'no answer began within 30000 ms')
    expect(() => breaker.admit()).to.throw(ProblemError)
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
    const { clock, breaker, end } = opened()
    await clock.advance(30_000)
    end(1, 'none')
    breaker.admit()
    breaker.admit()
  })

  it('stays open for as long again when the probe fails', async () => {
    const { clock, breaker, end } = opened()
    await clock.advance(30_000)
    end(1, 'full', 'still down')
    expect(() => breaker.admit()).to.throw(ProblemError, 'still down')
    await clock.advance(30_000)
    breaker.admit()
  })

  it('lets another probe through where one was given up', async () => {
    const { clock, breaker, end } = opened()
    await clock.advance(30_000)
    end(1, 'unknown')
    breaker.admit()
  })
})
