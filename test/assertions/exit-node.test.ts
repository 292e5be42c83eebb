import { expect } from 'chai'
import { exitNode } from '../../src/assertions/exit-node.ts'
import { traceOf } from '../support/traces.ts'

describe('exitNode', () => {
  const trace = traceOf(['start', 'menu', 'goodbye', 'exit'])

  it('accepts the node, and a matcher that holds', () => {
    expect(exitNode('exit', trace)).to.deep.equal([])
    expect(exitNode({ oneOf: ['exit', 'hangup'] }, trace)).to.deep.equal([])
  })

  it('tells how the call ended', () => {
    expect(exitNode('hangup', trace)).to.deep.equal([
      {
        code: 'EXIT_NODE_DIFFERS',
        message: 'exitNode is "exit", expected "hangup"',
        expected: 'hangup',
        actual: 'exit',
        at: [],
        details: ['the call ended with menu, goodbye and exit'],
      },
    ])
  })

  it('knows calls that have none', () => {
    const { exitNode: _exit, ...broken } = traceOf(['start', 'menu'], { status: 'Error' })
    expect(exitNode({ exists: false }, broken)).to.deep.equal([])
    expect(exitNode('exit', broken)[0]?.message).to.equal('exitNode is absent, expected "exit"')
  })
})
