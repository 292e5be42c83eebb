import { expect } from 'chai'
import { variablesAt } from '../../src/assertions/variables-at.ts'
import { traceOf } from '../support/traces.ts'

const trace = traceOf([
  { node: 'start', variables: { tries: 0 } },
  { node: 'menu', variables: { tries: 1 } },
  { node: 'menu', variables: { tries: 2 } },
  { node: 'exit' },
])

describe('variablesAt', () => {
  it('judges the last visit of a node', () => {
    expect(variablesAt({ menu: { tries: 2 }, start: { tries: 0 } }, trace)).to.deep.equal([])
    expect(variablesAt({ menu: { tries: 1 } }, trace)[0]).to.deep.include({
      message: 'after "menu" (visit 3) variables.tries is 2, expected 1',
      at: ['menu', 'tries'],
    })
  })

  it('judges the visit that is named', () => {
    const at = (visit: 'first' | 'last' | 'any' | 'every' | number, tries: number) =>
      variablesAt([{ node: 'menu', visit, variables: { tries } }], trace).length === 0
    expect([at('first', 1), at('last', 2), at('any', 1), at('any', 2), at(1, 1), at(2, 2)]).to.not.include(false)
    expect([at('first', 2), at('last', 1), at('any', 3), at('every', 1), at(3, 1)]).to.not.include(true)
  })

  it('says so where no visit is as expected', () => {
    expect(variablesAt([{ node: 'menu', visit: 'any', variables: { tries: 3 } }], trace)[0]).to.deep.include({
      message: 'after none of 2 visits as expected; after "menu" (visit 3) variables.tries is 2, expected 3',
      at: [0, 'variables', 'tries'],
    })
  })

  it('says so where the node was not visited, or not so often', () => {
    expect(variablesAt({ menus: { tries: 1 } }, trace)[0]).to.deep.include({
      code: 'NODE_NOT_VISITED',
      message: '"menus" was never visited, so there are no variables after it',
      advice: 'did you mean "menu"?',
    })
    expect(variablesAt([{ node: 'menu', visit: 3, variables: {} }], trace)[0]?.message).to.equal(
      '"menu" was visited 2 times, expected a visit 3 of it',
    )
  })

  it('is unmet where the target tells no variables', () => {
    expect(variablesAt({ exit: { tries: 2 } }, trace)[0]?.code).to.equal('VARIABLES_NOT_TOLD')
  })

  it('reports what it cannot read', () => {
    for (const expected of [
      'menu',
      ['menu'],
      [{ node: 'menu', visit: 0, variables: {} }],
      [{ node: 'menu' }],
      [{ node: 1, variables: {} }],
    ]) {
      expect(variablesAt(expected, trace)[0]?.code, JSON.stringify(expected)).to.equal('EXPECTATION_INVALID')
    }
  })
})
