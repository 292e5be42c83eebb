import { expect } from 'chai'
import fc from 'fast-check'
import type { Diagnostic } from '../../src/flow/diagnostic.ts'
import { execute } from '../../src/flow/execute.ts'
import { readFlow } from '../../src/flow/read-flow.ts'

const FRAME = {
  head: 'flowId: test\nnodes:\n',
  start: '  - { id: start, type: Start, next: node }\n',
  done: '  - { id: done, type: Exit }\n',
}

/** Diagnostics of a flow of Start, the given node (on line 4) and Exit: `line:column CODE message`. */
function errorsOf(node: string, sections = ''): string[] {
  return readFlow(`${FRAME.head}${FRAME.start}  - ${node}\n${FRAME.done}${sections}`, 'test.flow.yaml').diagnosis.errors.map(shown)
}

function warningsOf(node: string): string[] {
  return readFlow(`${FRAME.head}${FRAME.start}  - ${node}\n${FRAME.done}`, 'test.flow.yaml').diagnosis.warnings.map(shown)
}

function shown({ code, message, location }: Diagnostic): string {
  return `${location?.line}:${location?.column} ${code} ${message}`
}

describe('readFlow', () => {
  it('reads JSON as it reads YAML', () => {
    const json = JSON.stringify({
      flowId: 'j',
      version: '2',
      published: false,
      name: 'J',
      nodes: [
        { id: 's', type: 'Start', next: 'e' },
        { id: 'e', type: 'Exit' },
      ],
    })
    const flow = readFlow(json, 'j.flow.json')
    expect(flow).to.include({ flowId: 'j', version: '2', published: false, name: 'J' })
    expect(flow.diagnosis).to.deep.equal({ errors: [], warnings: [] })
  })

  it('keeps the line of each node and the labels of its branches', () => {
    const flow = readFlow(
      'flowId: f\nnodes:\n  - id: s\n    type: Start\n    next: m\n\n  - id: m\n    type: Menu\n    label: Main menu\n    retries: 1\n    branches:\n      "1": e\n      "2": e\n      default: e\n  - { id: e, type: Exit }\n',
      'f.flow.yaml',
    )
    expect([...flow.nodes.values()].map(({ id, line }) => [id, line])).to.deep.equal([
      ['s', 3],
      ['m', 7],
      ['e', 15],
    ])
    expect(flow.nodes.get('m')).to.include({ label: 'Main menu', type: 'Menu' })
    expect(
      [...(flow.nodes.get('m')?.branches.values() ?? [])].map(({ label, to, pointer }) => [label, to, pointer !== undefined]),
    ).to.deep.equal([
      ['1', 'e', true],
      ['2', 'e', true],
      ['default', 'e', true],
      ['retry', 'm', false],
    ])
  })

  describe('tells a syntax error with its line and column', () => {
    it('in YAML', () => {
      const { diagnosis, flowId } = readFlow('flowId: torn\nnodes:\n  - id: start\n   type: Start\n', 'x.flow.yaml')
      expect(flowId).to.equal('torn')
      expect(diagnosis.errors[0]).to.deep.include({ code: 'SYNTAX_ERROR' })
      expect(diagnosis.errors[0]?.location).to.include({ line: 4, file: 'x.flow.yaml' })
    })

    it('in JSON', () => {
      const text = '{\n  "flowId": "torn",\n  "nodes": [\n    { "id": "start" "type": "Start" }\n  ]\n}'
      const { diagnosis, flowId } = readFlow(text, 'x.flow.json')
      expect(flowId).to.equal('torn')
      expect(diagnosis.errors.map(({ code, location }) => [code, location?.line, location?.column])).to.deep.equal([
        ['SYNTAX_ERROR', 4, 21],
      ])
    })

    it('and, where only a value is at fault, everything else that is wrong, once', () => {
      const text =
        'flowId: trap\nversion: 007\nnodes:\n  - id: 0044\n    type: Start\n    next: away\n  - { id: e, type: Exit, lable: x }\n'
      const { diagnosis, nodes } = readFlow(text, 'x.flow.yaml')
      expect(nodes.size).to.equal(0)
      expect(diagnosis.errors.map(({ code, location }) => [code, location?.line, location?.column])).to.deep.equal([
        ['SYNTAX_ERROR', 2, 10],
        ['SYNTAX_ERROR', 4, 9],
        ['REFERENCE_ERROR', 6, 11],
        ['VALIDATION_ERROR', 7, 26],
      ])
    })

    it('of JSON that is cut off, where it was opened', () => {
      const { errors } = readFlow('{\n  "flowId": "torn",\n  "nodes": [\n', 'x.flow.json').diagnosis
      expect(errors.map(({ location }) => location?.line)).to.deep.equal([1, 3])
    })
  })

  for (const text of [
    '',
    'just text',
    '[]',
    '42',
    'null',
    '{}',
    'nodes: []',
    'flowId: x\nnodes: {}',
    'flowId: x\nnodes: [1, null, {}, {id: 5}]',
    '\0',
    '[[[[',
  ]) {
    it(`yields a flow with errors for ${JSON.stringify(text)}`, () => {
      const flow = readFlow(text, 'flows/odd.flow.yaml')
      expect(flow.diagnosis.errors.length).to.be.greaterThan(0)
      expect(flow.flowId).to.be.oneOf(['x', 'odd'])
    })
  }

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['an unknown type', '{ id: node, type: Meun }', ['4:23 VALIDATION_ERROR node "node": type is "Meun"']],
    [
      'an unknown field',
      '{ id: node, type: Start, next: done, prompd: x }',
      ['4:42 VALIDATION_ERROR "prompd" is not a field of node "node"'],
    ],
    ['a field that is missing', '{ id: node, type: Queue, next: done }', ['4:5 VALIDATION_ERROR node "node" lacks "queue"']],
    [
      'a missing next',
      '{ id: node, type: PlayPrompt, prompt: Hello. }',
      ['4:5 VALIDATION_ERROR node "node" lacks the node that comes next'],
    ],
    [
      'a missing branch',
      '{ id: node, type: Loop, repeat: 3, branches: { Repeat: done } }',
      ['4:5 VALIDATION_ERROR node "node" lacks the branch "Finished"'],
    ],
    [
      'a branch that is never taken',
      '{ id: node, type: Menu, branches: { "1": done, nomatch: done, noInput: done, default: done } }',
      ['4:52 VALIDATION_ERROR node "node": never takes a branch "nomatch"; did you mean "noMatch"?'],
    ],
    [
      'a branch of a node that ends the call',
      '{ id: node, type: Hangup, branches: { default: done } }',
      ['4:31 VALIDATION_ERROR "branches" is not a field'],
    ],
    [
      'a menu without a choice',
      '{ id: node, type: Menu, branches: { default: done } }',
      ['4:5 VALIDATION_ERROR node "node" is a menu without a choice'],
    ],
    [
      'phrases without a branch',
      '{ id: node, type: Menu, speech: { agent: [human] }, branches: { "1": done, noInput: done, noMatch: done } }',
      ['4:5 VALIDATION_ERROR node "node" lacks the branch "agent"'],
    ],
    [
      'more keys than are taken',
      '{ id: node, type: Menu, maxDigits: 1, branches: { "12": done, default: done } }',
      ['node "node" has a branch for the keys "12", but takes no more than 1'],
    ],
    [
      'next and default at once',
      '{ id: node, type: PlayPrompt, prompt: x, next: done, branches: { default: done } }',
      ['4:46 VALIDATION_ERROR node "node" has both next and the branch "default"'],
    ],
    [
      'a node that does not exist',
      '{ id: node, type: PlayPrompt, prompt: x, next: dome }',
      ['4:52 REFERENCE_ERROR node "node": what comes next leads to "dome", which does not exist; did you mean "done"?'],
    ],
    [
      'a branch to a node that does not exist',
      '{ id: node, type: Menu, branches: { "1": elsewhere, default: done } }',
      ['4:46 REFERENCE_ERROR node "node": the branch "1" leads to "elsewhere"'],
    ],
    [
      'an unknown variable in a text',
      '{ id: node, type: PlayPrompt, prompt: "Hello {nmae}", next: done }',
      ['4:5 REFERENCE_ERROR node "node" uses the variable "nmae"'],
    ],
    [
      'an unknown variable in a comparison',
      '{ id: node, type: Condition, if: { variable: language, equals: en }, branches: { then: done, else: done } }',
      ['uses the variable "language"'],
    ],
    [
      'a comparison that compares nothing',
      '{ id: node, type: Condition, if: { variable: callTime }, branches: { then: done, else: done } }',
      ['4:38 VALIDATION_ERROR node "node": if'],
    ],
    [
      'an unknown profile',
      '{ id: node, type: Hours, profile: office, branches: { Open: done, Closed: done } }',
      ['4:39 REFERENCE_ERROR node "node" uses the hours "office", which `hours` does not define'],
    ],
    [
      'an unknown action',
      '{ id: node, type: DataAction, actionId: find, branches: { success: done, error: done } }',
      ['4:45 REFERENCE_ERROR node "node" uses the action "find"'],
    ],
    [
      'an id that is taken',
      '{ id: start, type: Exit }',
      ['4:11 VALIDATION_ERROR the id "start" is taken: the node in line 3 has it too', 'leads to "node"'],
    ],
    ['two Start nodes', '{ id: node, type: Start, next: done }', ['4:5 VALIDATION_ERROR the flow has 2 nodes of type Start']],
    [
      'no way out',
      '{ id: node, type: PlayPrompt, prompt: x, next: start }',
      ['3:5 VALIDATION_ERROR no end can be reached from "start", "node"'],
    ],
    ['a branch to a note', '{ id: node, type: Annotation, note: Here was a menu. }', ['which is a note and never executed']],
    [
      'a transfer to two places',
      '{ id: node, type: Transfer, to: "+15550100", flowId: other }',
      ['transfers both to a number and to a flow'],
    ],
    [
      'a number where a text belongs',
      '{ id: node, type: Menu, terminator: 0, branches: { "1": done, default: done } }',
      ['4:41 VALIDATION_ERROR node "node": terminator'],
    ],
  ]
  for (const [what, node, expected] of table) {
    it(`finds ${what}`, () => {
      const errors = errorsOf(node)
      expect(errors, errors.join('\n')).to.have.length(expected.length)
      for (const text of expected) expect(errors.join('\n')).to.include(text)
    })
  }

  it('finds what is wrong with opening hours', () => {
    const node = '{ id: node, type: Hours, profile: office, branches: { Open: done, Closed: done } }'
    const errors = errorsOf(node, 'hours:\n  office: { timeZone: Mars/Olympus, open: [], closedOn: ["2026-02-30"] }\n')
    expect(errors).to.have.length(2)
    expect(errors[0]).to.include('7:23 VALIDATION_ERROR hours "office": "Mars/Olympus" is no time zone')
    expect(errors[1]).to.include('"2026-02-30" is no day of the calendar')
  })

  it('finds an entry that leads nowhere, and the lack of any', () => {
    expect(errorsOf('{ id: node, type: Exit }', 'entries: { onHold: node_tip }\n').join()).to.include(
      'REFERENCE_ERROR the entry "onHold" leads to "node_tip"',
    )
    expect(readFlow('flowId: f\nnodes: [{ id: done, type: Exit }]', 'f.flow.yaml').diagnosis.errors[0]?.message).to.include(
      'no node of type Start',
    )
  })

  const slips: readonly (readonly [string, string, string])[] = [
    [
      'a silent caller whom nobody thought of',
      '{ id: node, type: Menu, branches: { "1": done, noMatch: done } }',
      'node "node" has no branch "noInput": a caller who enters nothing breaks the call',
    ],
    [
      'an unknown key that nobody thought of',
      '{ id: node, type: Menu, branches: { "1": done, noInput: done } }',
      'has no branch "noMatch"',
    ],
    [
      'a number that may not come',
      '{ id: node, type: GatherInput, variable: pin, next: done }',
      'has no branch "noInput": a caller who enters nothing goes on',
    ],
    ['a value that nobody thought of', '{ id: node, type: Case, variable: callTime, branches: { a: done } }', 'has no branch "default"'],
    ['a node that no call gets to', '{ id: node, type: Exit }\n  - { id: lost, type: Exit }', 'no call gets to node "lost"'],
  ]
  for (const [what, node, expected] of slips) {
    it(`warns of ${what}`, () => {
      expect(errorsOf(node)).to.deep.equal([])
      expect(warningsOf(node).join('\n')).to.include(expected)
    })
  }

  it('tells everything at once, in the order of the file', () => {
    const flow = readFlow(
      `flowId: many
verson: 1
nodes:
  - { id: start, type: Start, next: mneu }
  - { id: menu, type: Menu, retires: 2, branches: { "1": gone } }
  - { id: hours, type: Hours, profile: office, branches: { Open: menu } }
`,
      'many.flow.yaml',
    )
    expect(flow.diagnosis.errors.map(({ location, code, node }) => [location?.line, code, node])).to.deep.equal([
      [2, 'VALIDATION_ERROR', undefined],
      [4, 'REFERENCE_ERROR', 'start'],
      [5, 'VALIDATION_ERROR', 'menu'],
      [5, 'REFERENCE_ERROR', 'menu'],
      [6, 'VALIDATION_ERROR', 'hours'],
      [6, 'REFERENCE_ERROR', 'hours'],
    ])
  })

  it('yields a flow for any text, and any JSON that looks like a flow, and never throws', () => {
    const key = fc.constantFrom(
      'id',
      'type',
      'next',
      'branches',
      'nodes',
      'flowId',
      'entries',
      'hours',
      'actions',
      'if',
      'set',
      '__proto__',
      'x/y',
    )
    const word = fc.constantFrom('start', 'Start', 'Menu', 'Hours', 'SubFlow', '1', 'default', '', '{a}')
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    }))
    const file = fc.record({
      flowId: fc.oneof(word, value),
      nodes: fc.array(fc.record({ id: word, type: word, next: word, branches: value })),
      hours: value,
    })
    const text = fc.oneof(
      fc.string(),
      value.map((any) => JSON.stringify(any)),
      file.map((any) => JSON.stringify(any)),
    )
    fc.assert(
      fc.property(text, (source) => {
        const flow = readFlow(source, 'any.flow.yaml')
        expect(flow.flowId).to.not.equal('')
        expect(
          execute(flow, { dtmf: '1' }, { flows: new Map([[flow.flowId, flow]]), date: () => new Date(0) }).visits.length,
        ).to.be.at.most(10_001)
        expect(flow.diagnosis.errors.every(({ message, location }) => message !== '' && location !== undefined)).to.equal(true)
      }),
      { numRuns: 500 },
    )
  })

  it('judges thousands of nodes and mistakes in little time', () => {
    const nodes = Array.from({ length: 4_000 }, (_none, index) => ({
      id: `n${index}`,
      type: 'PlayPrompt',
      prompt: '{who}',
      next: `gone${index}`,
    }))
    const startMs = performance.now()
    const flow = readFlow(
      JSON.stringify({ flowId: 'large', nodes: [{ id: 'start', type: 'Start', next: 'n0' }, ...nodes] }),
      'large.flow.json',
    )
    expect(flow.diagnosis.errors).to.have.length(8_000)
    expect(performance.now() - startMs).to.be.below(5_000)
  })

  it('blames nobody for a name that a faulty part may define', () => {
    const flow = readFlow(
      `flowId: innocent
variables: { "not a name": 1, language: en }
nodes:
  - { id: start, type: Start, next: say }
  - { id: say, type: PlayPrompt, prompt: "{language} {pin}", next: ask }
  - { id: ask, type: GatherInput, variable: pin, maxDigits: four, next: done }
  - { id: done, type: Exit }
`,
      'innocent.flow.yaml',
    )
    expect(flow.diagnosis.errors.map(({ location }) => location?.line)).to.deep.equal([2, 6])
    expect(flow.diagnosis.warnings).to.deep.equal([])
  })
})
