import { expect } from 'chai'
import { walkTrace } from '../../../src/flow/coverage/walk-trace.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Trace, Visit } from '../../../src/model/trace.ts'
import { flowOf } from '../support.ts'

const FLOW = flowOf(
  `
  - { id: start, type: Start, next: ask }
  - { id: ask, type: Menu, retries: 1, variable: key, branches: { "1": out, "2": out, noInput: bye, noMatch: bye } }
  - { id: out, type: Condition, if: { variable: key, equals: "1" }, branches: { then: bye, else: bye } }
  - { id: bye, type: Exit }
`,
  'variables: { key: "" }',
)

function traceOf(...visits: readonly Omit<Visit, 'index'>[]): Trace {
  return { flowId: 'test', status: 'Completed', variables: {}, visits: visits.map((visit, index) => ({ index, type: 'x', ...visit })) }
}

/** The branches of a trace; several labels where it is left open. */
function branches(trace: Trace, isEmulated = false): string[] {
  return walkTrace(trace, createLibrary([FLOW]), { isEmulated }).flatMap((sighting) =>
    sighting.kind === 'branch' ? [`${sighting.taken.node}:${sighting.taken.labels.join('|')}`] : [],
  )
}

const variables = (key: string): { variables: JsonObject } => ({ variables: { key } })

describe('walkTrace', () => {
  it('takes the branch that the target tells', () => {
    expect(branches(traceOf({ node: 'ask', branch: '2' }, { node: 'out' }))).to.deep.equal(['ask:2'])
  })

  it('takes the key that was entered', () => {
    expect(branches(traceOf({ node: 'ask', input: '2' }, { node: 'out' }))).to.deep.equal(['ask:2'])
    expect(branches(traceOf({ node: 'ask', input: 2 }, { node: 'out' }))).to.deep.equal(['ask:2'])
    expect(branches(traceOf({ node: 'ask', input: { dtmf: '2' } }, { node: 'out' }))).to.deep.equal(['ask:2'])
  })

  it('tells silence from a wrong key, and asking again from giving up', () => {
    const again = [{ node: 'ask' }, { node: 'ask' }]
    expect(branches(traceOf(...again, { node: 'bye' }))).to.deep.equal(['ask:retry', 'ask:noInput'])
    expect(branches(traceOf({ node: 'ask' }, { node: 'ask', input: '9' }, { node: 'bye' }))).to.deep.equal(['ask:retry', 'ask:noMatch'])
  })

  it('takes the branch that the variables decide', () => {
    expect(branches(traceOf({ node: 'out', ...variables('1') }, { node: 'bye' }))).to.deep.equal(['out:then'])
    expect(branches(traceOf({ node: 'out', ...variables('2') }, { node: 'bye' }))).to.deep.equal(['out:else'])
  })

  it('leaves open what the trace does not decide', () => {
    expect(
      branches({
        ...traceOf(),
        visits: [
          { index: 0, node: 'ask' },
          { index: 1, node: 'out' },
        ],
      }),
    ).to.deep.equal(['ask:1|2'])
    expect(branches(traceOf({ node: 'out' }, { node: 'bye' }))).to.deep.equal(['out:then|else'])
  })

  it('leaves open what a target that does not tell every variable may have decided otherwise', () => {
    const trace = traceOf({ node: 'out', variables: {} }, { node: 'bye' })
    expect(branches(trace)).to.deep.equal(['out:then|else'])
    expect(branches(trace, true)).to.deep.equal(['out:else'])
  })

  it('concludes nothing from what was masked', () => {
    expect(branches(traceOf({ node: 'out', ...variables('***') }, { node: 'bye' }))).to.deep.equal(['out:then|else'])
    expect(branches(traceOf({ node: 'ask', input: '***' }, { node: 'out' }))).to.deep.equal(['ask:1|2'])
  })

  it('leaves open what contradicts the definition', () => {
    expect(branches(traceOf({ node: 'ask', input: '9' }, { node: 'out' }))).to.deep.equal(['ask:1|2'])
  })

  it('tells what does not fit, and goes on behind it', () => {
    const trace = traceOf({ node: 'start' }, { node: 'bye' }, { node: 'gone' }, { node: 'out', ...variables('1') }, { node: 'bye' })
    const sightings = walkTrace(trace, createLibrary([FLOW]), { isEmulated: false })
    expect(sightings.flatMap((sighting) => (sighting.kind === 'stray' ? [sighting.why] : []))).to.deep.equal([
      'no branch of node "start" leads to node "bye"',
      'there is no node "gone"',
    ])
    expect(branches(trace)).to.deep.equal(['out:then'])
  })
})
