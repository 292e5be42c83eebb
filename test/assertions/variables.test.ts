import { expect } from 'chai'
import { variables } from '../../src/assertions/variables.ts'

const actual = { selected_option: '1', attempts: 2, type: 'gold', customer: { id: 7, tier: 'gold' } }

describe('variables', () => {
  it('accepts the named variables, whatever else there is', () => {
    expect(variables({ selected_option: '1', attempts: { lte: 3 }, customer: { id: 7 } }, actual, 'variables')).to.deep.equal([])
  })

  it('names the variable that differs', () => {
    expect(variables({ customer: { id: 8 } }, actual, 'variables')).to.deep.equal([
      {
        code: 'VALUE_DIFFERS',
        message: 'variables.customer.id is 7, expected 8',
        expected: 8,
        actual: 7,
        at: ['customer', 'id'],
      },
    ])
  })

  it('asks for a variable with a similar name', () => {
    expect(variables({ selected_options: '1' }, actual, 'variables')[0]).to.deep.include({
      code: 'VALUE_ABSENT',
      message: 'variables.selected_options is absent, expected "1"',
      advice: 'did you mean "selected_option"?',
    })
  })

  it('takes the name of a matcher for the name of a variable', () => {
    expect(variables({ type: 'gold' }, actual, 'variables')).to.deep.equal([])
    expect(variables({ type: 'string' }, actual, 'variables')[0]?.message).to.equal('variables.type is "gold", expected "string"')
  })

  it('takes `exactly` for all of them', () => {
    expect(variables({ exactly: { a: { gte: 1 } } }, { a: 1 }, 'variables')).to.deep.equal([])
    expect(variables({ exactly: { a: 1 } }, { a: 1, b: 2 }, 'variables')[0]?.message).to.equal('variables has more than expected: "b"')
  })

  it('takes no inherited property for a variable', () => {
    expect(variables({ constructor: { exists: false } }, {}, 'variables')).to.deep.equal([])
    expect(variables(JSON.parse('{"__proto__": 1}'), {}, 'variables')).to.have.length(1)
  })
})
