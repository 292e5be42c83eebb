import { expect } from 'chai'
import fc from 'fast-check'
import { assign } from '../../src/assertions/assign.ts'

/** The most patterns that can have an item of their own, by trying everything. */
function most(fitting: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number {
  const [first, ...others] = fitting
  if (first === undefined) return 0
  const without = most(others, taken)
  const withIt = first.filter((item) => !taken.has(item)).map((item) => 1 + most(others, new Set([...taken, item])))
  return Math.max(without, ...withIt)
}

describe('assign', () => {
  it('gives a loose pattern what a strict one does not need', () => {
    const fits = (pattern: string, item: string): boolean => pattern === '*' || pattern === item
    expect(assign(['*', 'a'], ['a', 'b'], fits)).to.deep.equal([1, 0])
    expect(assign(['a', 'a'], ['a', 'b'], fits)).to.deep.equal([0, undefined])
  })

  it('serves as many patterns as possible, each with an item of its own that fits', () => {
    const anyFitting = fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(anyFitting, (fitting) => {
        const partners = assign(fitting, [0, 1, 2, 3, 4], (items, item) => items.includes(item))
        const given = partners.flatMap((partner) => partner ?? [])
        expect(new Set(given).size).to.equal(given.length)
        for (const [pattern, partner] of partners.entries()) if (partner !== undefined) expect(fitting[pattern]).to.include(partner)
        expect(given.length).to.equal(most(fitting))
      }),
    )
  })

  it('serves thousands', () => {
    const items = Array.from({ length: 1_500 }, (_none, index) => index)
    expect(assign(items, items, (pattern, item) => Math.abs(pattern - item) < 3)).to.not.include(undefined)
  })
})
