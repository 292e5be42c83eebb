import { expect } from 'chai'
import fc from 'fast-check'
import { type HistoryJob, type OpenEntry, Recorder } from '../../src/emulator/history.ts'

function arrival(receivedAtMs: number, api = 'flow-debug'): Omit<OpenEntry, 'id' | 'atOnce'> {
  return { api, method: 'GET', path: '/', correlationId: 'c', receivedAtMs, receivedAt: '2026-01-02T03:04:05.000Z' }
}

describe('Recorder', () => {
  it('keeps requests in their order, and tells those of one API', () => {
    const recorder = new Recorder(10)
    for (const api of ['token', 'flow-debug', 'token']) recorder.open(arrival(0, api))
    expect(recorder.requests().map((entry) => entry.id)).to.deep.equal([1, 2, 3])
    expect(recorder.requests('token').map((entry) => entry.id)).to.deep.equal([1, 3])
  })

  it('forgets the oldest beyond its limit', () => {
    const recorder = new Recorder(3)
    for (let count = 0; count < 100; count += 1) recorder.open(arrival(count))
    expect(recorder.requests().map((entry) => entry.id)).to.deep.equal([98, 99, 100])
  })

  it('counts the requests that wait for their answer at the same time', () => {
    const recorder = new Recorder(10)
    const first = recorder.open(arrival(0))
    const second = recorder.open(arrival(0))
    recorder.open(arrival(0, 'token'))
    recorder.close(first)
    recorder.close(second)
    recorder.open(arrival(5))
    expect(recorder.requests('flow-debug').map((entry) => entry.atOnce)).to.deep.equal([1, 2, 1])
    expect([recorder.largestAtOnce('flow-debug'), recorder.largestAtOnce('token'), recorder.largestAtOnce('unknown')]).to.deep.equal([
      2, 1, 0,
    ])
  })

  it('finds the fullest sliding window', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 40 }), fc.integer({ min: 1, max: 200 }), (gaps, windowMs) => {
        const recorder = new Recorder(1_000)
        let nowMs = 0
        const arrivals = gaps.map((gapMs) => (nowMs += gapMs))
        for (const receivedAtMs of arrivals) recorder.open(arrival(receivedAtMs))
        const naive = arrivals.map((start) => arrivals.filter((other) => other >= start && other < start + windowMs).length)
        expect(recorder.largestWindow('flow-debug', windowMs)).to.equal(Math.max(0, ...naive))
      }),
    )
  })

  it('counts the jobs that are active at the same time, one that ends when another starts not among them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.option(fc.integer({ min: 1, max: 10 }))), { maxLength: 20 }), (spans) => {
        const recorder = new Recorder(1_000)
        for (const [startedAtMs, lengthMs] of spans) recorder.add('jobs', simulation(startedAtMs, lengthMs))
        const moments = Array.from({ length: 32 }, (_moment, atMs) => atMs)
        const activeAt = (atMs: number): number =>
          spans.filter(([start, length]) => start <= atMs && (length === null || atMs < start + length)).length
        expect(recorder.largestActive('simulation')).to.equal(Math.max(0, ...moments.map(activeAt)))
        expect(recorder.largestActive('compile')).to.equal(0)
      }),
    )
  })

  it('lets everything happen that was to happen before it tells anything', () => {
    const recorder = new Recorder(10)
    recorder.beforeReading(() => recorder.add('jobs', simulation(0, 1)))
    expect(recorder.jobs()).to.have.length(1)
  })

  it('keeps no more records of a kind than its limit', () => {
    const recorder = new Recorder(3)
    for (let count = 0; count < 100; count += 1) recorder.add('jobs', simulation(count, 1))
    expect(recorder.jobs().map(({ startedAtMs }) => startedAtMs)).to.deep.equal([97, 98, 99])
    recorder.clear()
    expect(recorder.jobs()).to.deep.equal([])
  })
})

function simulation(startedAtMs: number, lengthMs: number | null): HistoryJob {
  const endedAtMs = lengthMs === null ? {} : { endedAtMs: startedAtMs + lengthMs }
  return { id: 's', kind: 'simulation', subject: 'c', request: 1, startedAtMs, startedAt: '', statuses: [], ...endedAtMs }
}
