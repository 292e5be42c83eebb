import { expect } from 'chai'
import { didYouMean, nearestId } from '../../src/assertions/nearest-id.ts'

describe('nearestId', () => {
  it('finds a slip of the finger, and nothing that is merely short', () => {
    expect(nearestId('node_mneu', ['node_start', 'node_menu', 'node_exit'])).to.equal('node_menu')
    expect(nearestId('survey', ['start', 'exit'])).to.equal(undefined)
    expect(nearestId('node_route_support', ['node_route_sales'])).to.equal(undefined)
    expect(nearestId('a', [])).to.equal(undefined)
  })
})

describe('didYouMean', () => {
  it('asks for another name only', () => {
    expect(didYouMean('menu', ['menu'])).to.deep.equal({})
    expect(didYouMean('menus', new Set(['menu']))).to.deep.equal({ advice: 'did you mean "menu"?' })
  })
})
