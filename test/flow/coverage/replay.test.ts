import { expect } from 'chai'
import fc from 'fast-check'
import { replay } from '../../../src/flow/coverage/replay.ts'
import { execute } from '../../../src/flow/execute.ts'
import type { Trace } from '../../../src/model/trace.ts'
import { anyCall, anyLibrary } from './random-flows.ts'

function bare(trace: Trace): Trace {
  return { ...trace, visits: trace.visits.map(({ branch: _, ...visit }) => visit) }
}

describe('replay', () => {
  it('yields the branches of the same call, unless the time of day decides', () => {
    fc.assert(
      fc.property(anyLibrary, anyCall, (library, call) => {
        const main = library.get('main')
        if (!main) return expect.fail()
        let asksClock = false
        const date = (): Date => {
          asksClock = true
          return new Date('2026-01-05T15:00:00Z')
        }
        const trace = execute(main, call, { flows: library, date })
        const { dtmf, speech, variables, maxLoops } = call
        const request = JSON.parse(JSON.stringify({ flowId: 'main', input: { dtmf, speech }, options: { maxLoops }, variables }))
        const again = replay(JSON.parse(JSON.stringify(bare(trace))), request, library)
        if (asksClock) expect(again).to.equal(undefined)
        else expect(again?.visits.map(({ branch }) => branch)).to.deep.equal(trace.visits.map(({ branch }) => branch))
      }),
    )
  })

  it('yields nothing for another call, without the request, or where something was masked', () => {
    fc.assert(
      fc.property(anyLibrary, (library) => {
        const main = library.get('main')
        if (!main) return expect.fail()
        const trace = bare(execute(main, { dtmf: '1' }, { flows: library, date: () => new Date(0) }))
        expect(replay(trace, undefined, library)).to.equal(undefined)
        expect(replay(trace, { input: { dtmf: '1' }, variables: { a: '***' } }, library)).to.equal(undefined)
        expect(replay({ ...trace, visits: trace.visits.slice(1) }, { input: { dtmf: '1' } }, library)).to.equal(undefined)
      }),
      { numRuns: 20 },
    )
  })
})
