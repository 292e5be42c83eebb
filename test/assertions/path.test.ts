import { expect } from 'chai'
import fc from 'fast-check'
import { type AlignedRow, alignPath } from '../../src/assertions/align-path.ts'
import { path } from '../../src/assertions/path.ts'
import { buildPathAutomaton } from '../../src/assertions/path-automaton.ts'
import type { PathItem, PathPattern } from '../../src/assertions/shapes.ts'
import { traceOf } from '../support/traces.ts'

type Part = PathItem | PathPattern

const node = fc.constantFrom('a', 'b', 'c')

const { part: anyPart } = fc.letrec<{ part: Part; list: PathPattern }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small' },
    node,
    fc.constant('...'),
    fc.record({ anyOf: fc.array(tie('part'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ optional: tie('part') }),
    fc
      .record({ repeat: tie('part'), min: fc.nat(3), more: fc.option(fc.nat(3)) })
      .map(({ repeat, min, more }) => (more === null ? { repeat, min } : { repeat, min, max: min + more })),
    tie('list'),
  ),
  list: fc.array(tie('part') as fc.Arbitrary<PathItem>, { maxLength: 3 }),
}))

const anyPattern = fc.array(anyPart, { minLength: 1, maxLength: 5 }) as fc.Arbitrary<PathPattern>

const anyPath = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })

/** The plainest statement of what a pattern means: where it may end when it begins at `start`. */
function ends(part: Part, nodes: readonly string[], start: number): ReadonlySet<number> {
  if (part === '...') return new Set(Array.from({ length: nodes.length - start + 1 }, (_none, index) => start + index))
  if (typeof part === 'string') return new Set(nodes[start] === part ? [start + 1] : [])
  if ('anyOf' in part) return union(part.anyOf.map((alternative) => ends(alternative, nodes, start)))
  if ('optional' in part) return union([new Set([start]), ends(part.optional, nodes, start)])
  if ('repeat' in part) return repeatEnds(part.repeat, part.min ?? 1, part.max ?? nodes.length + (part.min ?? 1), nodes, start)
  let reached: ReadonlySet<number> = new Set([start])
  for (const item of part) reached = union([...reached].map((position) => ends(item, nodes, position)))
  return reached
}

function repeatEnds(part: Part, min: number, max: number, nodes: readonly string[], start: number): ReadonlySet<number> {
  let current: ReadonlySet<number> = new Set([start])
  let reached: ReadonlySet<number> = new Set(min === 0 ? [start] : [])
  for (let count = 1; count <= max; count += 1) {
    current = union([...current].map((position) => ends(part, nodes, position)))
    if (count >= min) reached = union([reached, current])
  }
  return reached
}

function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  return new Set(sets.flatMap((set) => [...set]))
}

function isMatch(pattern: PathPattern, nodes: readonly string[]): boolean {
  return path(pattern, traceOf(nodes)).length === 0
}

function explain(pattern: PathPattern, nodes: readonly string[]): string | undefined {
  return path(pattern, traceOf(nodes))[0]?.message
}

describe('path', () => {
  it('accepts the very nodes', () => {
    expect(isMatch(['start', 'menu', 'exit'], ['start', 'menu', 'exit'])).to.equal(true)
    expect(isMatch(['start', 'menu'], ['start', 'menu', 'exit'])).to.equal(false)
    expect(isMatch(['menu', 'exit'], ['start', 'menu', 'exit'])).to.equal(false)
  })

  it('lets `...` stand for any nodes, also none', () => {
    for (const nodes of [
      ['start', 'exit'],
      ['start', 'a', 'exit'],
      ['start', 'exit', 'exit'],
    ]) {
      expect(isMatch(['start', '...', 'exit'], nodes)).to.equal(true)
    }
    expect(isMatch(['start', '...', 'exit'], ['start', 'exit', 'a'])).to.equal(false)
  })

  it('takes alternatives, what may be missing, and repetitions', () => {
    const pattern = ['start', { repeat: 'menu', max: 3 }, { anyOf: ['goodbye', 'operator'] }, { optional: 'survey' }, 'exit']
    expect(isMatch(pattern, ['start', 'menu', 'goodbye', 'exit'])).to.equal(true)
    expect(isMatch(pattern, ['start', 'menu', 'menu', 'menu', 'operator', 'survey', 'exit'])).to.equal(true)
    expect(isMatch(pattern, ['start', 'goodbye', 'exit'])).to.equal(false)
    expect(isMatch(pattern, ['start', 'menu', 'menu', 'menu', 'menu', 'goodbye', 'exit'])).to.equal(false)
  })

  it('repeats and chooses between whole stretches', () => {
    const pattern = ['start', { repeat: ['ask', { anyOf: [['yes', 'note'], 'no'] }], min: 2, max: 3 }, 'exit']
    expect(isMatch(pattern, ['start', 'ask', 'no', 'ask', 'yes', 'note', 'exit'])).to.equal(true)
    expect(isMatch(pattern, ['start', 'ask', 'no', 'exit'])).to.equal(false)
  })

  it('agrees with a brute-force matcher, for any pattern and path', () => {
    fc.assert(
      fc.property(anyPattern, anyPath, (pattern, nodes) => {
        expect(isMatch(pattern, nodes)).to.equal(ends(pattern, nodes, 0).has(nodes.length))
      }),
      { numRuns: 1_000 },
    )
  })

  it('needs no more time for a pattern that a backtracking matcher never comes back from', () => {
    const long = Array.from({ length: 2_000 }, () => 'a')
    const stars = Array.from({ length: 20 }, () => ({ repeat: { anyOf: ['a', ['a', 'a'], { optional: 'a' }] }, min: 0 }))
    expect(isMatch([...stars, 'b'], long)).to.equal(false)
    let nestedRepeat: PathItem = 'a'
    for (let depth = 0; depth < 25; depth += 1) nestedRepeat = { repeat: nestedRepeat }
    expect(isMatch([nestedRepeat, 'b'], long)).to.equal(false)
    expect(isMatch([nestedRepeat], long)).to.equal(true)
    expect(
      isMatch(
        Array.from({ length: 200 }, () => '...' as const),
        long,
      ),
    ).to.equal(true)
  })

  it('reads a path of 100,000 visits', () => {
    const nodes = Array.from({ length: 100_000 }, (_none, index) => `node_${index % 7}`)
    expect(isMatch(['node_0', '...', 'node_4'], nodes)).to.equal(true)
    expect(explain(['node_0', 'node_1', 'node_3'], nodes)).to.equal('expected node_3 after node_1, got node_2 (visit 3)')
  })

  it('refuses a pattern that makes no sense, with its place', () => {
    const [few] = path(['a', { repeat: 'a', min: 3, max: 2 }], traceOf(['a']))
    expect(few).to.deep.include({ code: 'PATH_PATTERN_INVALID', message: '"min" (3) is more than "max" (2)', at: [1] })
    for (const pattern of ['a', [1], [{ repeet: 'a' }], [{ anyOf: [] }], [{ repeat: 'a', max: 1.5 }]]) {
      expect(path(pattern, traceOf(['a']))[0]?.code, JSON.stringify(pattern)).to.equal('PATH_PATTERN_INVALID')
    }
  })

  it('refuses a pattern that unfolds out of reason', () => {
    const inner = { repeat: { repeat: { repeat: 'a', max: 400 }, max: 400 }, max: 400 }
    const nodes = Array.from({ length: 500 }, () => 'b')
    expect(path([inner], traceOf(nodes))[0]?.message).to.match(/unfolds to more than 20000 nodes/)
  })

  it('refuses a pattern of any depth without a fall', () => {
    let deep: PathItem = 'a'
    for (let depth = 0; depth < 20_000; depth += 1) deep = { optional: deep }
    expect(path([deep], traceOf(['a']))[0]?.code).to.equal('PATH_PATTERN_INVALID')
  })
})

describe('the explanation of a path', () => {
  const cases: readonly (readonly [what: string, pattern: PathPattern, nodes: readonly string[], message: string])[] = [
    ['another node', ['s', 'menu', 'sales', 'exit'], ['s', 'menu', 'error', 'exit'], 'expected sales after menu, got error (visit 3)'],
    ['another node, and the end', ['s', 'menu', 'sales', 'exit'], ['s', 'menu', 'error'], 'expected sales after menu, got error (visit 3)'],
    ['a missing node', ['s', 'menu', 'sales', 'exit'], ['s', 'menu', 'exit'], 'expected sales after menu, got exit (visit 3)'],
    ['an extra node', ['s', 'menu', 'exit'], ['s', 'menu', 'survey', 'exit'], 'expected exit after menu, got survey (visit 3)'],
    ['an early end', ['s', 'menu', 'exit'], ['s', 'menu'], 'expected exit after menu, but the call ended there'],
    ['a late end', ['s', 'exit'], ['s', 'exit', 'more'], 'expected the call to end after exit, got more (visit 3)'],
    ['a wrong start', ['s', 'exit'], ['x', 'exit'], 'expected s at the start of the call, got x (visit 1)'],
    ['no visit at all', ['s'], [], 'expected s at the start of the call, but the call ended there'],
    [
      'one repetition too many',
      ['s', { repeat: 'menu', max: 3 }, 'exit'],
      ['s', 'menu', 'menu', 'menu', 'menu', 'exit'],
      'expected exit after menu, got menu (visit 5)',
    ],
    ['none of the alternatives', ['s', { anyOf: ['a', 'b'] }, 'exit'], ['s', 'c', 'exit'], 'expected a or b after s, got c (visit 2)'],
    [
      'what `...` cannot hide',
      ['s', '...', 'sales', 'exit'],
      ['s', 'menu', 'error', 'exit'],
      'expected sales after error, got exit (visit 4)',
    ],
  ]

  for (const [what, pattern, nodes, message] of cases) {
    it(`names ${what}`, () => expect(explain(pattern, nodes)).to.equal(message))
  }

  it('points at the part of the pattern, and asks for a node with a similar name', () => {
    const [finding] = path(['start', { optional: 'hello' }, { anyOf: ['node_sale', 'other'] }], traceOf(['start', 'node_sales']))
    expect(finding?.at).to.deep.equal([2])
    const [similar] = path(['start', 'node_sale'], traceOf(['start', 'node_sales']))
    expect(similar?.advice).to.equal('did you mean "node_sales"?')
  })

  it('shows expected beside actual', () => {
    const [finding] = path(['s', '...', 'sales', 'survey', 'exit'], traceOf(['s', 'menu', 'sales', 'exit', 'more']))
    expect(finding?.details).to.deep.equal([
      '  expected  actual',
      '  s         s',
      '  ...       menu',
      '  sales     sales',
      '- survey',
      '  exit      exit',
      '+           more',
    ])
  })

  it('leaves out long stretches without a difference', () => {
    const nodes = Array.from({ length: 100 }, (_none, index) => `n${index}`)
    const [finding] = path([...nodes, 'exit'], traceOf([...nodes, 'error']))
    expect(finding?.details).to.deep.equal([
      '  expected  actual',
      '  … 97 nodes as expected',
      '  n97       n97',
      '  n98       n98',
      '  n99       n99',
      '! exit      error',
    ])
  })

  it('stays small for a path of 100,000 visits', () => {
    const nodes = Array.from({ length: 100_000 }, () => 'x')
    expect(JSON.stringify(path(['a', 'b'], traceOf(nodes)))).to.have.length.below(20_000)
  })

  it('costs no more than any other way to lay the path beside the pattern', () => {
    const simple = fc.array(node, { maxLength: 6 })
    fc.assert(
      fc.property(simple, anyPath, (pattern, nodes) => {
        const rows = alignPath(buildPathAutomaton(pattern, nodes.length), nodes) ?? []
        expect(costOf(rows)).to.equal(editDistance(pattern, nodes))
      }),
    )
  })

  it('lays out every node of the path once, in order, and is free exactly where the path matches', () => {
    fc.assert(
      fc.property(anyPattern, anyPath, (pattern, nodes) => {
        const rows = alignPath(buildPathAutomaton(pattern, nodes.length), nodes) ?? []
        expect(rows.flatMap((row) => row.actual ?? [])).to.deep.equal([...nodes.keys()])
        expect(costOf(rows) === 0).to.equal(isMatch(pattern, nodes))
      }),
    )
  })
})

function costOf(rows: readonly AlignedRow[]): number {
  return rows.reduce((sum, { kind }) => sum + { same: 0, any: 0, missing: 2, extra: 2, changed: 3 }[kind], 0)
}

/** The textbook's recursion over prefixes, with the costs of the alignment. */
function editDistance(expected: readonly string[], actual: readonly string[]): number {
  if (expected.length === 0) return 2 * actual.length
  if (actual.length === 0) return 2 * expected.length
  const changed = expected.at(-1) === actual.at(-1) ? 0 : 3
  return Math.min(
    editDistance(expected.slice(0, -1), actual) + 2,
    editDistance(expected, actual.slice(0, -1)) + 2,
    editDistance(expected.slice(0, -1), actual.slice(0, -1)) + changed,
  )
}
