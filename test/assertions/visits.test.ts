import { expect } from 'chai'
import { visits } from '../../src/assertions/visits.ts'
import { traceOf } from '../support/traces.ts'

const trace = traceOf(['start', 'menu', 'menu', 'exit'])

describe('visits', () => {
  it('accepts the right number, a matcher that holds, and a list of visited nodes', () => {
    expect(visits({ menu: 2, exit: { gte: 1 }, error: 0 }, trace)).to.deep.equal([])
    expect(visits(['start', 'menu'], trace)).to.deep.equal([])
  })

  it('tells how often a node was visited', () => {
    expect(visits({ menu: 3 }, trace)).to.deep.equal([
      { code: 'VISIT_COUNT_DIFFERS', message: '"menu" was visited 2 times, expected 3', expected: 3, actual: 2, at: ['menu'] },
    ])
    expect(visits({ exit: { oneOf: [0, 2] } }, trace)[0]?.message).to.equal('"exit" was visited once, expected one of 0 or 2')
  })

  it('asks for a node with a similar name where one was never visited', () => {
    expect(visits({ menus: 1 }, trace)[0]).to.deep.include({
      code: 'NODE_NOT_VISITED',
      message: '"menus" was never visited, expected 1 visit',
      advice: 'did you mean "menu"?',
    })
    expect(visits(['start', 'survey'], trace)[0]).to.deep.include({ at: [1], message: '"survey" was never visited, expected at least 1' })
  })

  it('takes a node that is named like a property of all objects for what it is', () => {
    expect(visits({ constructor: 0, toString: 1 }, trace).map((finding) => finding.at)).to.deep.equal([['toString']])
  })

  it('reports what it cannot read', () => {
    expect(visits('menu', trace)[0]?.code).to.equal('EXPECTATION_INVALID')
    expect(visits([1], trace)[0]).to.deep.include({ code: 'EXPECTATION_INVALID', at: [0] })
    expect(visits({ menu: { gte: 'two' } }, trace)[0]).to.deep.include({ code: 'MATCHER_INVALID', at: ['menu', 'gte'] })
  })
})
