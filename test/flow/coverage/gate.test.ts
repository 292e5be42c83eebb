import { expect } from 'chai'
import fc from 'fast-check'
import { shortfalls } from '../../../src/flow/coverage/gate.ts'
import { NOTHING, percentOf, type Share } from '../../../src/flow/coverage/metric.ts'

function sharesWith(branches: Share) {
  return { nodes: NOTHING, branches, pairs: NOTHING, entries: NOTHING, exits: NOTHING, subFlows: NOTHING }
}

describe('shortfalls', () => {
  it('rounds nothing', () => {
    const branches = { ...NOTHING, total: 10_000, covered: 8_999 }
    expect(shortfalls([{ metric: 'branches', percent: 90 }], sharesWith(branches))).to.deep.equal([
      { metric: 'branches', percent: 90, share: branches, missing: 1 },
    ])
    expect(shortfalls([{ metric: 'branches', percent: 89.99 }], sharesWith(branches))).to.deep.equal([])
  })

  it('takes nothing for covered where there is nothing', () => {
    expect(shortfalls([{ metric: 'nodes', percent: 100 }], sharesWith(NOTHING))).to.deep.equal([])
  })

  it('says how many are missing: so many more do, and one less does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.integer({ min: 0, max: 100 }), (total, some, percent) => {
        const covered = Math.min(some, total)
        const [short] = shortfalls([{ metric: 'branches', percent }], sharesWith({ ...NOTHING, total, covered }))
        const share = (more: number): number => percentOf({ ...NOTHING, total, covered: covered + more })
        expect(short === undefined).to.equal(share(0) >= percent)
        if (!short) return
        expect(share(short.missing)).to.be.at.least(percent)
        expect(share(short.missing - 1)).to.be.below(percent)
      }),
    )
  })
})
