import { expect } from 'chai'
import { judgeLoops } from '../../src/assertions/loops.ts'
import { execute } from '../../src/flow/execute.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { visitBounds } from '../../src/flow/loops/visit-bounds.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Trace } from '../../src/model/trace.ts'

const menuThen = (invalid: string, more = ''): string => `
flowId: retry
nodes:
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": out, "9": menu, default: ${invalid} } }
  - { id: invalid, type: PlayPrompt, prompt: Invalid., next: menu }
  - { id: out, type: Exit }
${more}`

const COUNTED = menuThen('tries', '  - { id: tries, type: Loop, repeat: 3, counter: c, branches: { Repeat: invalid, Finished: out } }')
const UNCOUNTED = menuThen('invalid')

/** A target that tells no variables shows no counter. */
function callOf(text: string, dtmf: string): Trace {
  const flow = readFlow(text, 'retry.flow.yaml')
  const trace = execute(flow, { dtmf }, { flows: createLibrary([flow]), date: () => new Date(0) })
  return { ...trace, visits: trace.visits.map(({ variables: _variables, branch: _branch, ...visit }) => visit) }
}

function findings(text: string, dtmf: string, expected = {}): readonly Finding[] {
  return judgeLoops(expected, callOf(text, dtmf), visitBounds(readFlow(text, 'f').definition ?? null))
}

describe('judgeLoops, where the flow is known', () => {
  it('lets the standard retry visit its menu four times', () => {
    expect(callOf(COUNTED, '8888').visits.filter(({ node }) => node === 'menu')).to.have.length(4)
    expect(findings(COUNTED, '8888')).to.deep.equal([])
    expect(judgeLoops({}, callOf(COUNTED, '8888'))).to.not.deep.equal([])
  })

  it('finds the same without a counter, and says why', () => {
    const [found] = findings(UNCOUNTED, '8881')
    expect(found).to.include({ code: 'NODE_REPEATED_TOO_OFTEN' })
    expect(found?.message).to.match(/^"menu" was visited 4 times, more than 3/)
    expect(found?.details).to.deep.equal(['the flow goes menu → invalid → menu: nothing on this way counts how often it is gone'])
  })

  it('begins to count anew with each choice of the caller', () => {
    expect(callOf(COUNTED, '88981').visits.filter(({ node }) => node === 'menu')).to.have.length(5)
    expect(findings(COUNTED, '88981')).to.deep.equal([])
  })

  it('leaves the last word to the author', () => {
    expect(findings(UNCOUNTED, '8881', { loops: { menu: 4, invalid: 4 } })).to.deep.equal([])
    expect(findings(COUNTED, '8888', { loops: 'none' })).to.not.deep.equal([])
  })

  it('knows nothing of nodes that the definition does not have, and of what is no definition', () => {
    expect(visitBounds('no flow')).to.equal(undefined)
    expect(visitBounds(readFlow(COUNTED, 'f').definition ?? null)?.most('elsewhere/menu')).to.equal(undefined)
  })
})
