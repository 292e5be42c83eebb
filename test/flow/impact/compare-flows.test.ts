import { expect } from 'chai'
import { compareFlows } from '../../../src/flow/impact/compare-flows.ts'
import { flowOf } from '../support.ts'

const NODES = `
  - { id: start, type: Start, next: menu }
  - id: menu
    type: Menu
    branches: { "1": sales, "2": sales, noInput: out, noMatch: out }
  - { id: sales, type: Queue, queue: queue_sales, next: out }
  - { id: out, type: Exit }`

describe('compareFlows', () => {
  const before = flowOf(NODES)
  const against = (from: string | RegExp, to: string, sections = '') =>
    compareFlows('test', before, flowOf(NODES.replace(from, to), sections))

  it('finds nothing where only names, notes and layout differ', () => {
    const after = flowOf(NODES.replace('type: Start,', 'type: Start, label: Hello,').replace('next: menu', 'branches: { default: menu }'))
    expect(compareFlows('test', before, after)).to.include({ kind: 'same' })
    expect(compareFlows('test', before, flowOf(`${NODES}\n  - { id: note, type: Annotation, note: x }`))).to.include({ kind: 'same' })
  })

  it('tells two keys that lead to one node apart', () => {
    expect(against('"2": sales', '"2": out').branches).to.deep.equal([
      { kind: 'rewired', node: 'menu', label: '2', before: 'sales', after: 'out' },
    ])
    expect(against('"2": sales', '"3": sales').branches).to.deep.equal([
      { kind: 'added', node: 'menu', label: '3', after: 'sales' },
      { kind: 'removed', node: 'menu', label: '2', before: 'sales' },
    ])
  })

  it('tells nodes that are new, gone or do something else', () => {
    expect(against('queue: queue_sales', 'queue: queue_vip').nodes).to.deep.equal([{ kind: 'changed', node: 'sales', fields: ['queue'] }])
    const renamed = compareFlows('test', before, flowOf(NODES.replaceAll('sales', 'buying').replace('queue_buying', 'queue_sales')))
    expect(renamed.nodes).to.deep.equal([
      { kind: 'added', node: 'buying', fields: [] },
      { kind: 'removed', node: 'sales', fields: [] },
    ])
  })

  it('sees in which order variables are set', () => {
    const setting = (set: string) =>
      flowOf(`\n  - { id: s, type: Start, next: v }\n  - { id: v, type: SetVariable, set: ${set}, next: out }\n  - { id: out, type: Exit }`)
    expect(compareFlows('test', setting('{ a: "{b}", b: 1 }'), setting('{ b: 1, a: "{b}" }')).nodes).to.have.length(1)
  })

  it('tells what nodes use', () => {
    expect(against('', '', 'variables: { tier: gold }').settings).to.deep.equal([{ kind: 'added', section: 'variables', name: 'tier' }])
  })

  it('tells flows that are new or gone', () => {
    expect(compareFlows('test', undefined, before)).to.include({ kind: 'added' })
    expect(compareFlows('test', before, undefined)).to.include({ kind: 'removed' })
  })
})
