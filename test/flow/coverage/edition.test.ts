import { isDeepStrictEqual } from 'node:util'
import { expect } from 'chai'
import fc from 'fast-check'
import { calledFlows, definitionText, readEdition, seenFromFile } from '../../../src/flow/coverage/edition.ts'
import { fingerprintOf } from '../../../src/flow/coverage/fingerprint.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'
import type { Json } from '../../../src/model/json.ts'

const TEXT = `flowId: menu
version: "3"
nodes:
  - { id: start, type: Start, next: ask }
  - id: ask
    type: Menu
    retries: 1
    branches:
      "1": bye
      noInput: bye
      noMatch: bye
  - { id: more, type: SubFlow, flowId: other, next: bye }
  - { id: bye, type: Exit }
`

describe('seenFromFile', () => {
  const seen = seenFromFile(readFlow(TEXT, 'flows/menu.flow.yaml'))

  it('tells the lines of nodes and branches; what nobody wrote stands where its node does', () => {
    expect(seen).to.deep.include({ flowId: 'menu', version: '3', file: 'flows/menu.flow.yaml' })
    expect(seen.lines?.['ask']).to.deep.equal({ line: 5, branches: { '1': 9, noInput: 10, noMatch: 11, retry: 5 } })
    expect(seen.lines?.['start']).to.deep.equal({ line: 4, branches: { default: 4 } })
  })

  it('says which file cannot be read', () => {
    expect(seenFromFile(readFlow('nodes: [', 'torn.flow.yaml'))).to.deep.include({ problem: 'torn.flow.yaml cannot be read' })
  })
})

describe('readEdition', () => {
  it('reads what was kept, with the lines of its file', () => {
    const edition = readEdition(JSON.parse(JSON.stringify(seenFromFile(readFlow(TEXT, 'menu.flow.yaml')))))
    if (typeof edition === 'string') return expect.fail(edition)
    expect([...edition.flow.nodes.keys()]).to.deep.equal(['start', 'ask', 'more', 'bye'])
    expect(edition.lines['ask']?.branches['1']).to.equal(9)
    expect(calledFlows(edition.flow)).to.deep.equal(['other'])
  })

  it('finds the lines in its own text where only the target has the definition', () => {
    const definition = readFlow(TEXT, 'menu.flow.yaml').definition ?? {}
    const edition = readEdition({ flowId: 'menu', fingerprint: 'f', definition })
    if (typeof edition === 'string') return expect.fail(edition)
    const lines = definitionText(definition).split('\n')
    expect(lines[(edition.lines['ask']?.branches['1'] ?? 0) - 1]?.trim()).to.equal('"1": "bye",')
  })
})

describe('fingerprintOf', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, reversed(item)]),
    )
  }

  it('is the same in whatever order keys stand, and another for every other value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other))] as [Json, Json]
        expect(fingerprintOf(reversed(a) as Json)).to.equal(fingerprintOf(a))
        const isSame = fingerprintOf(a) === fingerprintOf(b)
        expect(isSame).to.equal(isDeepStrictEqual(a, b))
      }),
    )
  })
})
