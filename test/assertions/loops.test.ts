import { expect } from 'chai'
import fc from 'fast-check'
import { judgeLoops, loops } from '../../src/assertions/loops.ts'
import { repeatedState } from '../../src/assertions/repeated-state.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { repeatedSegment } from '../../src/model/repeated-segment.ts'
import type { Trace } from '../../src/model/trace.ts'
import { traceOf, type VisitSketch } from '../support/traces.ts'

function times<T>(count: number, item: T): readonly T[] {
  return Array.from({ length: count }, () => item)
}

function codes(expect: JsonObject, trace: Trace): readonly string[] {
  return judgeLoops(expect, trace).map((finding) => finding.code)
}

describe('judgeLoops', () => {
  describe('by the count of visits', () => {
    const call = (count: number): Trace => traceOf(['start', ...times(count, 'menu'), 'exit'])

    it('accepts three visits of a node, and no more', () => {
      expect(codes({}, call(3))).to.deep.equal([])
      expect(judgeLoops({}, call(4))).to.deep.equal([
        {
          code: 'NODE_REPEATED_TOO_OFTEN',
          message: '"menu" was visited 4 times, more than 3: visits 2 to 5 repeat menu 4 times',
          expected: 3,
          actual: { visits: 4, segment: ['menu'], startIndex: 1, endIndex: 4, times: 4 },
          at: [],
          advice: 'where this is meant, bound it: loops: { menu: 4 }',
        },
      ])
    })

    it('follows `loops` before anything else', () => {
      expect(codes({ loops: { menu: 5 } }, call(5))).to.deep.equal([])
      expect(codes({ loops: { menu: 5 } }, call(6))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      expect(codes({ loops: { menu: 1 }, visits: { menu: 2 } }, call(2))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      expect(judgeLoops({ loops: { menu: 1 } }, call(2))[0]?.at).to.deep.equal(['loops'])
      expect(codes({ loops: { other: 9 } }, call(4))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
    })

    it('allows every node one visit with `loops: none`', () => {
      expect(codes({ loops: 'none' }, call(1))).to.deep.equal([])
      expect(codes({ loops: 'none', visits: { menu: 2 } }, call(2))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
    })

    it('leaves a node to `visits` where that bounds it', () => {
      for (const menu of [5, { lte: 9 }, { oneOf: [5, 7] }, { gte: 4 }, { not: { gt: 5 } }]) {
        expect(codes({ visits: { menu } }, call(5)), JSON.stringify(menu)).to.deep.equal([])
      }
      for (const visits of [{ menu: { gte: 1 } }, { start: 1 }, ['menu']]) {
        expect(codes({ visits }, call(5)), JSON.stringify(visits)).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      }
    })

    it('follows the most visits that a path allows', () => {
      expect(codes({ path: ['start', { repeat: 'menu', max: 5 }, '...'] }, call(5))).to.deep.equal([])
      expect(codes({ path: ['start', { repeat: 'menu', max: 5 }, '...'] }, call(6))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      expect(codes({ path: ['start', { repeat: 'menu' }, 'exit'] }, call(4))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      expect(codes({ path: ['start', { repeat: { repeat: 'menu', max: 2 }, max: 3 }, 'exit'] }, call(6))).to.deep.equal([])
      expect(codes({ path: ['start', ...times(4, 'menu'), 'exit'] }, call(4))).to.deep.equal([])
    })
  })

  describe('by what goes round', () => {
    it('names the segment once, with its first and last visit and all its nodes', () => {
      const findings = judgeLoops({}, traceOf(['start', ...times(5, ['ask', 'check', 'retry']).flat(), 'ask', 'exit']))
      expect(findings).to.have.length(1)
      expect(findings[0]?.message).to.equal(
        '"ask" was visited 6 times, more than 3: visits 2 to 16 repeat ask → check → retry 5 times; with it "check" (5) and "retry" (5)',
      )
      expect(findings[0]?.actual).to.deep.include({ startIndex: 1, endIndex: 15, times: 5 })
    })

    it('lists the visits where no way is gone twice in a row', () => {
      const [finding] = judgeLoops({}, traceOf(['m', 'a', 'm', 'b', 'm', 'c', 'm', 'd']))
      expect(finding?.message).to.equal('"m" was visited 4 times, more than 3: at visits 1, 3, 5 and 7')
    })

    it('makes no finding for a short call, and one for a node over the limit, whatever the call', () => {
      const anyCall = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 })
      fc.assert(
        fc.property(anyCall, (nodes) => {
          const isOver = ['a', 'b', 'c', 'd', 'e'].some((name) => nodes.filter((node) => node === name).length > 3)
          expect(judgeLoops({}, traceOf(nodes)).length > 0).to.equal(isOver)
        }),
      )
    })

    it('reads a call of 100,000 visits', () => {
      const nodes = Array.from({ length: 100_000 }, (_none, index) => `n${(index * 7919) % 20_011}`)
      expect(judgeLoops({}, traceOf(nodes))).to.have.length.within(1, 10)
    })
  })

  describe('with a counter in the trace', () => {
    const round = (count: number): readonly VisitSketch[] => [
      { node: 'menu', type: 'GatherInput', variables: { tries: count - 1 } },
      { node: 'count', type: 'Loop', variables: { tries: count } },
      { node: 'invalid', type: 'PlayPrompt', variables: { tries: count } },
    ]
    const retries = (counts: readonly number[]): Trace => traceOf(['start', ...counts.flatMap(round), 'exit'])

    it('accepts the standard retry, whose menu is visited four times', () => {
      const last = [
        { node: 'menu', type: 'GatherInput', variables: { tries: 3 } },
        { node: 'count', type: 'Loop', variables: { tries: 0 } },
      ]
      expect(codes({}, traceOf(['start', ...[1, 2, 3].flatMap(round), ...last, 'goodbye']))).to.deep.equal([])
    })

    it('accepts more rounds as long as the counter grows', () => {
      expect(codes({}, retries([1, 2, 3, 4, 5]))).to.deep.equal([])
    })

    it('reports a counter that starts over or stands still', () => {
      expect(codes({}, retries([1, 2, 0, 1, 2, 0, 1]))).to.include('NODE_REPEATED_TOO_OFTEN')
      expect(codes({}, retries([1, 1, 1, 1, 1]))).to.include('NODE_REPEATED_TOO_OFTEN')
    })

    it('takes no Loop node without variables, and no other node with a counter, for a bound', () => {
      const untold = times(5, [{ node: 'menu' }, { node: 'count', type: 'Loop' }]).flat()
      expect(codes({}, traceOf(untold))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      const set = [1, 2, 3, 4].flatMap((tries) => ['menu', { node: 'set', type: 'SetVariable', variables: { tries } }])
      expect(codes({}, traceOf(set))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
    })

    it('lets `loops` outrank the counter', () => {
      expect(codes({ loops: { menu: 3 } }, retries([1, 2, 3, 4]))).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
    })
  })

  describe('by steps without input', () => {
    const step = (node: string, variables: JsonObject = {}): VisitSketch => ({ node, type: 'PlayPrompt', variables })
    const rounds = (count: number): readonly VisitSketch[] =>
      Array.from({ length: count }, (_none, round) => [step('say', { round }), step('check', { round })]).flat()

    it('reports a loop in which nothing comes from the caller, before the state and the count', () => {
      const findings = judgeLoops({}, traceOf([step('start'), ...rounds(4), step('exit')]))
      expect(findings).to.have.length(1)
      expect(findings[0]).to.include({ code: 'LOOP_WITHOUT_INPUT', expected: 3 })
      expect(findings[0]?.message).to.equal(
        '"say" was visited 4 times, more than 3, and nothing came from the caller in between: 10 steps without input, visits 1 to 10, with say → check again and again',
      )
      expect(codes({}, traceOf(times(4, step('a'))))).to.deep.equal(['LOOP_WITHOUT_INPUT'])
    })

    it('accepts as many visits as the count does', () => {
      expect(codes({}, traceOf(rounds(3)))).to.deep.equal([])
    })

    it('leaves to the other rules what the caller, a counter or another system has a say in, and what has no type', () => {
      for (const between of [{ node: 'menu', type: 'Menu' }, { node: 'pressed', type: 'PlayPrompt', input: '1' }, 'untyped']) {
        const trace = traceOf([...rounds(2), between, ...rounds(2)])
        expect(codes({}, trace)).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      }
    })

    it('follows what the author allows', () => {
      const trace = traceOf(rounds(5))
      expect(codes({ loops: { say: 5, check: 5 } }, trace)).to.deep.equal([])
      expect(codes({ visits: { say: 5, check: { lte: 5 } } }, trace)).to.deep.equal([])
      expect(codes({ path: [{ repeat: ['say', 'check'], max: 5 }] }, trace)).to.deep.equal([])
      expect(codes({ loops: { say: 4 } }, trace)).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      expect(codes({ loops: 'none' }, trace)).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
    })

    it('makes one finding of each loop, and decides only where the flow is not known', () => {
      expect(codes({}, traceOf([...rounds(6), { node: 'menu', type: 'Menu' }, ...times(6, step('other'))]))).to.deep.equal([
        'LOOP_WITHOUT_INPUT',
        'LOOP_WITHOUT_INPUT',
      ])
      const known = { most: () => 6, why: () => undefined, isChoice: () => false }
      expect(judgeLoops({}, traceOf(rounds(6)), known)).to.deep.equal([])
    })
  })

  describe('by the state of the call', () => {
    const at = (node: string, variables: JsonObject, type = 'Condition'): VisitSketch => ({ node, type, variables })

    it('reports a call that comes back as it was', () => {
      const trace = traceOf([at('start', {}), at('a', { x: 1 }), at('b', { x: 1, y: [1] }), at('a', { x: 1 }), at('b', { y: [1], x: 1 })])
      expect(judgeLoops({}, trace)).to.deep.equal([
        {
          code: 'STATE_REPEATED',
          message:
            'the call is back at "a" (visit 4) exactly as it was at visit 2: same variables, and no input in between, so it goes round for ever',
          actual: { segment: ['a', 'b'], startIndex: 1, endIndex: 2 },
          details: ['it goes a → b → a'],
          advice: 'something on this way has to change a variable, count, or wait for the caller',
        },
      ])
    })

    it('reports it before the count, and a loop only once', () => {
      const trace = traceOf([...times(2, at('a', { x: 1 })), { node: 'wait', type: 'Menu' }, ...times(2, at('a', { x: 1 }))])
      expect(codes({}, trace)).to.deep.equal(['STATE_REPEATED'])
      expect(codes({ loops: { a: 3 } }, trace)).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
    })

    it('reports two loops that have nothing to do with each other', () => {
      const menus = times(5, [
        { node: 'menu', type: 'Menu' },
        { node: 'sorry', type: 'PlayPrompt', variables: { x: 2 } },
      ]).flat()
      expect(codes({}, traceOf([...times(2, at('a', { x: 1 })), ...menus]))).to.deep.equal(['STATE_REPEATED', 'NODE_REPEATED_TOO_OFTEN'])
    })

    it('accepts a variable that changes', () => {
      expect(codes({}, traceOf([at('a', { x: 1 }), at('a', { x: 2 }), at('a', { x: 3 })]))).to.deep.equal([])
    })

    it('accepts input, a wait for the caller, hold music, a hidden counter or another system in between', () => {
      const input: VisitSketch = { node: 'b', type: 'PlayPrompt', variables: {}, input: '1' }
      expect(codes({}, traceOf([at('a', {}), input, at('a', {})]))).to.deep.equal([])
      for (const type of ['GatherInput', 'Menu', 'Music', 'Loop', 'DataAction', 'Queue']) {
        expect(codes({}, traceOf([at('a', {}), at('b', {}, type), at('a', {})])), type).to.deep.equal([])
      }
    })

    it('proves nothing without types or variables', () => {
      expect(codes({}, traceOf(['a', 'b', 'a']))).to.deep.equal([])
      const untyped = { node: 'a', variables: {} }
      expect(codes({}, traceOf([untyped, untyped]))).to.deep.equal([])
      const untold = { node: 'a', type: 'Condition' }
      expect(codes({}, traceOf([untold, untold]))).to.deep.equal([])
    })

    it('tells calls of the same sub-flow from different places apart', () => {
      const called = (place: string): readonly VisitSketch[] => [
        at(place, {}, 'SubFlow'),
        at('sub_start', {}, 'SubFlow'),
        at('inner_start', {}, 'Start'),
        at('inner_exit', {}, 'Exit'),
        at('sub_exit', {}, 'Exit'),
      ]
      expect(codes({}, traceOf([at('start', {}), ...called('hours'), ...called('goodbye')]))).to.deep.equal([])
      expect(codes({}, traceOf([at('start', {}), ...called('hours'), ...called('hours')]))).to.deep.equal(['STATE_REPEATED'])
    })

    it('leaves a repetition that the author means', () => {
      const trace = traceOf([at('a', {}), at('a', {})])
      for (const meant of [{ loops: { a: 2 } }, { visits: { a: 2 } }, { path: [{ repeat: 'a', max: 2 }] }]) {
        expect(codes(meant, trace), JSON.stringify(meant)).to.deep.equal([])
      }
    })

    it('finds a repeated state in exactly the calls that have one', () => {
      const anyVisit = fc.record({
        node: fc.constantFrom('a', 'b'),
        type: fc.constant('Condition'),
        variables: fc.record({ x: fc.nat(3) }),
      })
      fc.assert(
        fc.property(fc.array(anyVisit, { maxLength: 12 }), (sketches) => {
          const states = sketches.map(({ node, variables }) => `${node}${variables.x}`)
          expect(repeatedState({}, traceOf(sketches)).length).to.equal(new Set(states).size < states.length ? 1 : 0)
        }),
      )
    })
  })
})

describe('repeatedSegment', () => {
  it('gives a stretch in which the same nodes follow each other, as long as it is in the call', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }), (path) => {
        const visited = path.flatMap((node, index) => (node === 'a' ? [index] : []))
        fc.pre(visited.length >= 2)
        const segment = repeatedSegment(path, visited)
        const twiceInARow = visited.slice(1).some((next, index) => {
          const start = visited[index] ?? 0
          const way = path.slice(start, next)
          return way.join() === path.slice(next, next + way.length).join()
        })
        expect(segment !== undefined).to.equal(twiceInARow)
        if (segment === undefined) return
        const stretch = path.slice(segment.startIndex, segment.endIndex + 1)
        expect(stretch).to.deep.equal(times(segment.times, segment.nodes).flat())
        expect(segment.times).to.be.at.least(2)
      }),
    )
  })
})

describe('loops', () => {
  it('accepts what makes sense, and reports what does not', () => {
    expect([...loops('none'), ...loops({ menu: 3 })]).to.deep.equal([])
    expect(loops('some')[0]?.code).to.equal('EXPECTATION_INVALID')
    expect(loops({ menu: 0 })[0]).to.deep.include({ code: 'EXPECTATION_INVALID', at: ['menu'] })
  })
})
