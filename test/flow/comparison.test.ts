import { expect } from 'chai'
import { type Comparison, createTest, readsOfComparison } from '../../src/flow/comparison.ts'

const variables = { key: '1', count: 3, tier: 'gold', pin: '0012', expected: '0012', none: null, vip: true, account: { balance: '12.50' } }

const table: readonly (readonly [Comparison, boolean])[] = [
  [{ variable: 'key', equals: '1' }, true],
  [{ variable: 'key', equals: 1 }, true],
  [{ variable: 'count', equals: '3' }, true],
  [{ variable: 'pin', equals: 12 }, false],
  [{ variable: 'pin', equals: '{expected}' }, true],
  [{ variable: 'vip', equals: true }, true],
  [{ variable: 'none', equals: null }, true],
  [{ variable: 'missing', equals: null }, true],
  [{ variable: 'missing', equals: '' }, false],
  [{ variable: 'account', equals: '[object Object]' }, false],
  [{ variable: 'key', notEquals: '2' }, true],
  [{ variable: 'missing', notEquals: '2' }, true],
  [{ variable: 'tier', oneOf: ['silver', 'gold'] }, true],
  [{ variable: 'tier', oneOf: ['silver'] }, false],
  [{ variable: 'account.balance', gt: 12 }, true],
  [{ variable: 'account.balance', gte: 12.5, lt: 13 }, true],
  [{ variable: 'account.balance', gte: 12.5, lt: 12.5 }, false],
  [{ variable: 'count', lte: '{count}' }, true],
  [{ variable: 'tier', gt: 0 }, false],
  [{ variable: 'tier', lte: 0 }, false],
  [{ variable: 'missing', lt: 5 }, false],
  [{ variable: 'tier', contains: 'ol' }, true],
  [{ variable: 'missing', contains: 'x' }, false],
  [{ variable: 'missing', exists: false }, true],
  [{ variable: 'none', exists: true }, false],
  [{ variable: 'toString', exists: true }, false],
  [
    {
      all: [
        { variable: 'key', equals: '1' },
        { variable: 'count', equals: 3 },
      ],
    },
    true,
  ],
  [
    {
      all: [
        { variable: 'key', equals: '1' },
        { variable: 'count', equals: 4 },
      ],
    },
    false,
  ],
  [
    {
      any: [
        { variable: 'key', equals: '2' },
        { variable: 'count', equals: 3 },
      ],
    },
    true,
  ],
  [{ not: { any: [{ variable: 'key', equals: '2' }] } }, true],
]

describe('createTest', () => {
  for (const [comparison, holds] of table) {
    it(`${JSON.stringify(comparison)} ${holds ? 'holds' : 'does not hold'}`, () =>
      expect(createTest(comparison)(variables)).to.equal(holds))
  }
})

describe('readsOfComparison', () => {
  it('names every variable, also those that are filled in', () => {
    const comparison: Comparison = { all: [{ not: { variable: 'a.b', equals: '{c}' } }, { any: [{ variable: 'd', oneOf: ['{e.f}'] }] }] }
    expect(readsOfComparison(comparison)).to.deep.equal(['a', 'c', 'd', 'e'])
  })
})
