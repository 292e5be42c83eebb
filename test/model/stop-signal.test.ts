import { expect } from 'chai'
import { Stop, stopAtAny } from '../../src/model/stop-signal.ts'

describe('Stop', () => {
  it('aborts once, with its first reason, and tells each listener once and in order', () => {
    const stop = new Stop()
    const told: string[] = []
    const first = (): unknown => told.push(`first: ${stop.reason}`)
    const gone = (): unknown => told.push('gone')
    for (const listener of [first, first, gone, () => told.push('last')]) stop.addEventListener('abort', listener)
    stop.removeEventListener('abort', gone)
    stop.throwIfAborted()
    stop.abort('enough')
    stop.abort('again')
    expect(told).to.deep.equal(['first: enough', 'last'])
    expect(stop).to.include({ aborted: true, reason: 'enough' })
  })

  it('throws its reason once it is aborted', () => {
    const stop = new Stop()
    stop.abort(new Error('enough'))
    expect(() => stop.throwIfAborted()).to.throw('enough')
  })

  it('does not tell listeners that go or come while it tells the others', () => {
    const stop = new Stop()
    const told: string[] = []
    const later = (): unknown => told.push('later')
    stop.addEventListener('abort', () => {
      told.push('now')
      stop.removeEventListener('abort', later)
      stop.addEventListener('abort', () => told.push('newcomer'))
    })
    stop.addEventListener('abort', later)
    stop.abort('enough')
    expect(told).to.deep.equal(['now'])
  })
})

describe('stopAtAny', () => {
  it('aborts with the first signal that does, also one that has aborted before', () => {
    const [one, other] = [new Stop(), new AbortController()]
    const any = stopAtAny([one, other.signal])
    expect(any.aborted).to.equal(false)
    other.abort('the other')
    one.abort('the one')
    expect(any.reason).to.equal('the other')
    expect(stopAtAny([one, other.signal]).reason).to.equal('the one')
  })
})
