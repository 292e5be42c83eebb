import { expect } from 'chai'
import fc from 'fast-check'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { rankTest } from '../../src/statistics/rank-test.ts'

/** Two samples of 5 without ties that give this U. */
function samplesWith(u: number): [number[], number[]] {
  const reference = [10, 20, 30, 40, 50]
  const sample = [1, 2, 3, 4, 5].map((value, index) => value + 10 * Math.min(5, Math.max(0, u - 5 * index)))
  return [sample, reference]
}

describe('rankTest', () => {
  /** H. B. Mann, D. R. Whitney, On a test of whether one of two random variables is stochastically larger, Ann. Math. Stat. 18 (1947), table I. */
  it('agrees with the table of Mann and Whitney for two samples of five', () => {
    for (const [distance, p] of [
      [0, 0.004],
      [1, 0.008],
      [2, 0.016],
      [3, 0.028],
      [4, 0.048],
      [5, 0.075],
    ] as const) {
      const result = rankTest(...samplesWith(25 - distance))
      expect(result.u).to.equal(25 - distance)
      expect(result.p).to.be.closeTo(p, 0.0006)
      expect(result.method).to.equal('exact')
    }
  })

  it('shows with three against three that a sample is larger with 1 in 20', () => {
    expect(rankTest([4, 5, 6], [1, 2, 3])).to.deep.equal({ u: 9, dominance: 1, p: 0.05, method: 'exact' })
    expect(rankTest([1, 2, 3], [4, 5, 6]).p).to.equal(1)
  })

  it('finds nothing in samples that are alike', () => {
    expect(rankTest([7, 7, 7, 7], [7, 7, 7])).to.deep.equal({ u: 6, dominance: 0.5, p: 1, method: 'normal' })
  })

  it('does not depend on order, and not on the scale', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(sample, sample, (one, other) => {
        const result = rankTest(one, other)
        expect(rankTest(one.toReversed(), other.toSorted())).to.deep.equal(result)
        expect(
          rankTest(
            one.map((value) => value ** 3 + 5),
            other.map((value) => value ** 3 + 5),
          ),
        ).to.deep.equal(result)
        expect(result.dominance).to.be.closeTo(1 - rankTest(other, one).dominance, 1e-12)
        expect(result.p).to.be.within(0, 1)
      }),
    )
  })

  it('comes near to the exact value with its approximation', () => {
    const random = seededRandom(6)
    for (let round = 0; round < 20; round += 1) {
      const [one, other] = [20, 20].map((length) => Array.from({ length }, () => random())) as [number[], number[]]
      const exact = rankTest(one, other)
      const withTie = rankTest([...one, 2], [...other, 2])
      expect([exact.method, withTie.method]).to.deep.equal(['exact', 'normal'])
      expect(withTie.p).to.be.closeTo(exact.p, 0.05)
    }
  })

  it('has even p-values where both samples come from the same distribution', () => {
    const random = seededRandom(8)
    const draw = (length: number): number[] => Array.from({ length }, () => random())
    const values = Array.from({ length: 1_000 }, () => rankTest(draw(30), draw(25)).p).sort((one, other) => one - other)
    const distance = Math.max(...values.map((p, index) => Math.abs(p - (index + 0.5) / values.length)))
    expect(distance).to.be.below(1.63 / Math.sqrt(values.length) + 0.01)
  })
})
