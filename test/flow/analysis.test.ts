import { expect } from 'chai'
import { analyze } from '../../src/flow/analysis/analyze.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'

function rulesOf(...flows: readonly Flow[]): string[] {
  return analyze(createLibrary(flows)).flatMap(({ findings }) =>
    findings.map(({ rule, way = [] }) => `${rule} ${way[0]?.node ?? ''}`.trim()),
  )
}

const flowOf = (nodes: string, sections = '', flowId = 'test'): Flow =>
  readFlow(`flowId: ${flowId}\n${sections}\nnodes:\n${nodes}`, `${flowId}.flow.yaml`)
const START = '  - { id: start, type: Start, next: a }\n'
const OUT = '  - { id: out, type: Exit }'

describe('analyze', () => {
  it('finds branches that are never taken', () => {
    const flow = flowOf(`${START}  - { id: a, type: Menu, branches: { "1": out, noInput: out, noMatch: out, default: out } }\n${OUT}`)
    expect(rulesOf(flow)).to.deep.equal(['branch-never-taken a'])
  })

  it('finds variables that are read before they are set, and the way', () => {
    const flow = flowOf(
      `${START}  - { id: a, type: Menu, branches: { "1": set, default: say } }\n  - { id: set, type: SetVariable, set: { name: x }, next: say }\n  - { id: say, type: PlayPrompt, prompt: "{name}", next: out }\n${OUT}`,
    )
    const [{ findings = [] } = {}] = analyze(createLibrary([flow]))
    expect(findings.map(({ rule, way }) => [rule, way?.map(({ node }) => node)])).to.deep.equal([['unset-variable', ['start', 'a', 'say']]])
  })

  it('finds flows that call themselves through others', () => {
    const one = flowOf(`${START}  - { id: a, type: SubFlow, flowId: two, next: out }\n${OUT}`, '', 'one')
    const two = flowOf(`${START}  - { id: a, type: SubFlow, flowId: one, next: out }\n${OUT}`, '', 'two')
    expect(rulesOf(one, two).filter((rule) => rule.startsWith('recursive-call'))).to.have.length(2)
  })

  it('finds phrases for two choices', () => {
    const flow = flowOf(
      `${START}  - { id: a, type: Menu, speech: { "1": [sales], "2": ["Sales!"] }, branches: { "1": out, "2": out, default: out } }\n${OUT}`,
    )
    expect(rulesOf(flow)).to.deep.equal(['duplicate-key a'])
  })

  it('finds keys that stand twice, and branches to nowhere', () => {
    const flow = flowOf(`${START}  - { id: a, type: Menu, branches: { "1": out, "1": out, default: gone } }\n${OUT}`)
    expect(rulesOf(flow)).to.include('duplicate-key')
    const dangling = flowOf(`${START}  - { id: a, type: Menu, branches: { "1": out, default: gone } }\n${OUT}`)
    expect(rulesOf(dangling)).to.include('dangling-target a')
  })

  it('takes hold music that is wired to itself, and the counted retry, for what they are', () => {
    const flow = flowOf(
      `${START}  - { id: a, type: Menu, branches: { "1": hold, default: tries } }\n  - { id: tries, type: Loop, repeat: 3, branches: { Repeat: a, Finished: out } }\n  - { id: hold, type: Music, next: hold }\n${OUT}`,
    )
    expect(rulesOf(flow)).to.deep.equal([])
  })

  it('says nothing of a loop that no call gets into', () => {
    const flow = flowOf(
      `${START}  - { id: a, type: SetVariable, set: { v: x }, next: check }\n  - { id: check, type: Condition, if: { variable: v, equals: y }, branches: { then: round, else: out } }\n  - { id: round, type: PlayPrompt, prompt: R, next: again }\n  - { id: again, type: Condition, if: { variable: v, equals: z }, branches: { then: out, else: round } }\n${OUT}`,
      'variables: { v: "" }',
    )
    expect(rulesOf(flow)).to.deep.equal(['branch-never-taken check'])
  })
})
