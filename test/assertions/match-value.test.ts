import { isDeepStrictEqual } from 'node:util'
import { expect } from 'chai'
import fc from 'fast-check'
import { matchValue, meetsValue } from '../../src/assertions/match-value.ts'
import { matcherNames } from '../../src/assertions/matchers.ts'
import { isJsonObject, type Json } from '../../src/model/json.ts'

/** JSON that is never taken for a matcher. */
const plainJson = fc
  .jsonValue({ depthSize: 'small' })
  .map((value) => JSON.parse(JSON.stringify(value)))
  .filter(hasNoMatcherKeys)

function hasNoMatcherKeys(value: Json): boolean {
  if (Array.isArray(value)) return value.every(hasNoMatcherKeys)
  if (!isJsonObject(value)) return true
  return Object.entries(value).every(([key, inner]) => !matcherNames.includes(key) && (inner === undefined || hasNoMatcherKeys(inner)))
}

/** The plainest statement of "equal, and objects may have more". */
function includes(expected: Json, actual: Json | undefined): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => includes(item, actual[index]))
  }
  if (isJsonObject(expected)) {
    return (
      isJsonObject(actual) &&
      Object.entries(expected).every(([key, value]) => value === undefined || (Object.hasOwn(actual, key) && includes(value, actual[key])))
    )
  }
  return expected === actual
}

function nested(depth: number, wrap: (inner: Json) => Json): Json {
  let value: Json = 1
  for (let level = 0; level < depth; level += 1) value = wrap(value)
  return value
}

function messages(expected: Json, actual: Json | undefined): readonly string[] {
  return matchValue(expected, actual, 'variables.order').map((finding) => finding.message)
}

describe('matchValue', () => {
  describe('with a plain value', () => {
    it('accepts an equal value, and an object that has more', () => {
      expect(messages({ id: 7, items: [{ sku: 'a' }] }, { id: 7, items: [{ sku: 'a', count: 2 }], total: 9 })).to.deep.equal([])
    })

    it('names the way to each value that differs', () => {
      expect(messages({ id: 7, items: [{ sku: 'a' }], 'odd key': true }, { id: 8, items: [{ sku: 'b' }] })).to.deep.equal([
        'variables.order.id is 8, expected 7',
        'variables.order.items[0].sku is "b", expected "a"',
        'variables.order["odd key"] is absent, expected true',
      ])
    })

    it('points at the part of the expectation that is unmet', () => {
      const [finding] = matchValue({ items: [{ sku: { oneOf: ['a', 'b'] } }] }, { items: [{ sku: 'c' }] }, 'variables.order')
      expect(finding?.at).to.deep.equal(['items', 0, 'sku', 'oneOf'])
      expect(finding?.actual).to.equal('c')
    })

    it('compares lists item by item and by their length', () => {
      expect(messages([1, 2], [1, 2, 3])).to.deep.equal(['variables.order is [1, 2, 3], expected [1, 2] with 2 items'])
      expect(messages([], {})).to.have.length(1)
    })

    it('tells text and number apart, and says what to write', () => {
      expect(matchValue(1, '1', 'x')[0]?.advice).to.equal('the call has a text here: write "1", in quotes')
      expect(matchValue('1', 1, 'x')[0]?.advice).to.equal('the call has a number here: write 1, without quotes')
    })

    it('agrees with a recursive comparison, for any two values', () => {
      fc.assert(
        fc.property(plainJson, plainJson, (expected, actual) => {
          expect(meetsValue(expected, actual)).to.equal(includes(expected, actual))
        }),
      )
    })

    it('accepts every value as equal to itself', () => {
      fc.assert(fc.property(plainJson, (value) => meetsValue(value, structuredClone(value))))
    })
  })

  describe('with a matcher', () => {
    const cases: readonly (readonly [expected: Json, meets: readonly Json[], meetsNot: readonly (Json | undefined)[]])[] = [
      [{ equals: { a: 1 } }, [{ a: 1 }], [{ a: 1, b: 2 }, {}, undefined]],
      [{ equals: { gte: 1 } }, [{ gte: 1 }], [1, 2]],
      [{ not: 'x' }, ['y', 1, null], ['x']],
      [{ not: { gte: 5 } }, [4, 'text'], [5, 6]],
      [{ oneOf: ['a', { gte: 10 }] }, ['a', 10], ['b', 9, undefined]],
      [{ matches: '^[0-9]{4}$' }, ['1234'], ['12345', 1234, null]],
      [{ matches: '(?i)sales' }, ['queue_SALES_1'], ['queue_support']],
      [{ contains: 'ale' }, ['sales', ['ale', 'beer']], ['SALES', ['sales'], { ale: 1 }, undefined]],
      [{ contains: { sku: 'a' } }, [[{ sku: 'b' }, { sku: 'a', count: 1 }]], [[{ sku: 'b' }], []]],
      [{ contains: ['a', 'b'] }, [['b', 'c', 'a'], 'cab'], [['a'], 'a']],
      [{ gt: 1 }, [2], [1, '2', undefined]],
      [{ gte: 1, lt: 3 }, [1, 2], [0, 3]],
      [{ lte: 0 }, [-1, 0], [1]],
      [{ exists: true }, [null, 0, ''], [undefined]],
      [{ exists: false }, [], [null, 0]],
      [{ type: 'string' }, [''], [1, null, [], {}]],
      [{ type: 'integer' }, [3], [3.5, '3']],
      [{ type: ['number', 'null'] }, [3.5, null], ['3', false]],
      [{ type: 'object' }, [{}], [[], null]],
      [{ type: 'array' }, [[]], [{}]],
      [{ type: 'boolean' }, [false], [0]],
      [{ length: 2 }, ['äö', '👍👍', [1, 2], { a: 1, b: 2 }], ['a', 2, null, undefined]],
      [{ length: { gte: 1 } }, ['a'], ['', []]],
      [{ exactly: { a: { gte: 1 } } }, [{ a: 5 }], [{ a: 5, b: 1 }, { a: 0 }]],
      [{ exactly: { a: { b: 1 } } }, [{ a: { b: 1 } }], [{ a: { b: 1, c: 2 } }]],
    ]

    for (const [expected, meets, meetsNot] of cases) {
      it(`${JSON.stringify(expected)} accepts and refuses as documented`, () => {
        for (const actual of meets) expect(meetsValue(expected, actual), JSON.stringify(actual)).to.equal(true)
        for (const actual of meetsNot) expect(meetsValue(expected, actual), JSON.stringify(actual)).to.equal(false)
      })
    }

    it('takes an object with any other key for a plain value', () => {
      expect(meetsValue({ type: 'gold', since: 2020 }, { type: 'gold', since: 2020 })).to.equal(true)
    })

    it('says in words what was expected', () => {
      expect(messages({ gte: 5, lt: 9 }, 3)).to.deep.equal(['variables.order is 3, expected at least 5'])
      expect(messages({ not: { oneOf: ['a', 'b'] } }, 'a')).to.deep.equal([
        'variables.order is "a", expected anything but one of "a" or "b"',
      ])
      expect(messages({ exists: false }, 0)).to.deep.equal(['variables.order is 0, expected it to be absent'])
      expect(messages({ length: { gte: 2 } }, 'a')).to.deep.equal(['variables.order.length is 1, expected at least 2'])
      expect(messages({ exactly: {} }, { a: 1 })).to.deep.equal(['variables.order has more than expected: "a"'])
    })

    it('finds `not` to be the opposite, for any value', () => {
      fc.assert(
        fc.property(plainJson, plainJson, (expected, actual) => {
          expect(meetsValue({ not: expected }, actual)).to.equal(!meetsValue(expected, actual))
        }),
      )
    })

    it('finds `equals` to be deep equality, for any two values', () => {
      fc.assert(
        fc.property(plainJson, plainJson, (expected, actual) => {
          expect(meetsValue({ equals: expected }, actual)).to.equal(isDeepStrictEqual(expected, actual))
          expect(meetsValue({ equals: expected }, structuredClone(expected))).to.equal(true)
        }),
      )
    })

    it('refuses an argument that makes no sense, also under `not`', () => {
      for (const expected of [
        { gt: '5' },
        { not: { gt: '5' } },
        { oneOf: 'a' },
        { type: 'text' },
        { exists: 'yes' },
        { a: [{ lte: null }] },
      ]) {
        const [finding] = matchValue(expected, 7, 'x')
        expect(finding?.code, JSON.stringify(expected)).to.equal('MATCHER_INVALID')
      }
      expect(matchValue({ matches: '(?=a)' }, 'a', 'x')[0]?.message).to.equal(
        '"matches" takes a pattern in RE2 syntax (which has no look-around and no back-references), got "(?=a)"',
      )
    })
  })

  describe('with hostile values', () => {
    it('takes no inherited property for a value', () => {
      const expected = JSON.parse('{"__proto__": {"a": 1}, "constructor": 1, "toString": {"exists": true}}')
      expect(matchValue(expected, {}, 'x').map((finding) => finding.code)).to.deep.equal(['VALUE_ABSENT', 'VALUE_ABSENT', 'VALUE_ABSENT'])
      expect(meetsValue(expected, JSON.parse('{"__proto__": {"a": 1, "b": 2}, "constructor": 1, "toString": 0}'))).to.equal(true)
      expect(Object.keys(Object.prototype)).to.deep.equal([])
    })

    it('compares values of any depth', () => {
      for (const wrap of [(inner: Json) => [inner], (inner: Json) => ({ a: inner })]) {
        const deep = nested(20_000, wrap)
        expect(meetsValue(deep, nested(20_000, wrap))).to.equal(true)
        const [finding] = matchValue(deep, nested(19_999, wrap), 'x')
        expect(finding?.message).to.have.length.below(1_000)
        expect(meetsValue({ contains: 1 }, deep)).to.equal(false)
      }
    })

    it('refuses matchers that are nested out of reason', () => {
      const [finding] = matchValue(
        nested(20_000, (inner) => ({ not: inner })),
        1,
        'x',
      )
      expect(finding?.code).to.equal('MATCHER_INVALID')
    })

    it('keeps messages and findings short, whatever the value', () => {
      const [finding] = matchValue('x', 'y'.repeat(1_000_000), 'value')
      expect(finding?.message).to.have.length.below(500)
      expect(JSON.stringify(finding)).to.have.length.below(5_000)
      const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_none, index) => [`key${index}`, 1]))
      expect(matchValue(wide, {}, 'value')).to.have.length.at.most(20)
    })
  })
})
