import { expect } from 'chai'
import { routedTo } from '../../src/assertions/routed-to.ts'
import { traceOf } from '../support/traces.ts'

describe('routedTo', () => {
  const once = traceOf(['start', { node: 'route', type: 'Route', target: 'queue_sales' }, 'exit'])
  const twice = traceOf([{ node: 'route', target: 'queue_sales' }, { node: 'overflow', target: 'queue_support' }, 'exit'])

  it('accepts the target, a matcher, and a list of all of them', () => {
    expect(routedTo('queue_sales', once)).to.deep.equal([])
    expect(routedTo({ matches: '^queue_' }, once)).to.deep.equal([])
    expect(routedTo(['queue_sales', 'queue_support'], twice)).to.deep.equal([])
    expect(routedTo([], traceOf(['start', 'exit']))).to.deep.equal([])
  })

  it('judges where the caller ends up', () => {
    expect(routedTo('queue_support', twice)).to.deep.equal([])
    expect(routedTo('queue_sales', twice)[0]).to.deep.include({
      code: 'ROUTED_ELSEWHERE',
      message: 'routedTo is "queue_support", expected "queue_sales"',
      details: ['the call was routed to queue_sales, then to queue_support'],
    })
  })

  it('says so where the call was not routed', () => {
    expect(routedTo('queue_sales', traceOf(['start', 'exit']))[0]).to.deep.include({
      message: 'routedTo is absent, expected "queue_sales"',
      details: ['the call was not routed anywhere'],
    })
    expect(routedTo({ exists: false }, traceOf(['start', 'exit']))).to.deep.equal([])
  })
})
