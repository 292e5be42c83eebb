import { expect } from 'chai'
import fc from 'fast-check'
import { routingScore } from '../../src/assertions/routing-score.ts'

function score(...skills: readonly (readonly [number, number])[]): number {
  return routingScore(skills.map(([level, concurrentInteractions]) => ({ level, concurrentInteractions })))
}

describe('routingScore', () => {
  it('is 100 without skills', () => {
    expect(score()).to.equal(100)
  })

  it('loses 15 for every skill of level 0, and gains 5 for every interaction at once', () => {
    expect(score([0, 0])).to.equal(85)
    expect(score([0, 0], [0, 0])).to.equal(70)
    expect(score([0, 1], [0, 1])).to.equal(80)
    expect(score([0, 0], [3, 2])).to.equal(95)
  })

  it('is held within 0 and 100', () => {
    expect(score([5, 4])).to.equal(100)
    expect(score(...Array.from({ length: 7 }, () => [0, 0] as const))).to.equal(0)
    expect(score(...Array.from({ length: 6 }, () => [0, 0] as const))).to.equal(10)
  })

  it('never grows when a skill is taken out', () => {
    const skills = fc.array(fc.record({ level: fc.nat(5), concurrentInteractions: fc.nat(9) }))
    fc.assert(
      fc.property(skills, (given) => {
        const without = given.map((skill) => ({ ...skill, level: 0 }))
        expect(routingScore(without)).to.be.at.most(routingScore(given)).and.at.least(0)
      }),
    )
  })
})
