import { expect } from 'chai'
import fc from 'fast-check'
import { seededRandom } from '../../src/model/seeded-random.ts'

describe('seededRandom', () => {
  it('stays in [0, 1) and repeats itself for the same seed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 1 }), (seed) => {
        const one = seededRandom(seed)
        const other = seededRandom(seed)
        for (let index = 0; index < 50; index += 1) {
          const value = one()
          expect(value).to.equal(other())
          expect(value).to.be.at.least(0).and.be.lessThan(1)
        }
      }),
    )
  })

  it('is even', () => {
    const random = seededRandom(1)
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 10_000; index += 1) {
      const tenth = Math.floor(random() * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(count).to.be.within(900, 1_100)
  })
})
