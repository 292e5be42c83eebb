import { expect } from 'chai'
import fc from 'fast-check'
import { parseDuration } from '../../src/model/duration.ts'

describe('parseDuration', () => {
  for (const [text, ms] of [
    ['500ms', 500],
    ['0ms', 0],
    ['2s', 2_000],
    ['1.5s', 1_500],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['0.001s', 1],
    ['1.1s', 1_100],
  ] as const) {
    it(`reads ${text} as ${ms} ms`, () => expect(parseDuration(text)).to.equal(ms))
  }

  for (const text of [
    '',
    '5',
    's',
    '5 s',
    '-1s',
    '+1s',
    '1e3ms',
    '5S',
    '5sec',
    '1m30s',
    '.5s',
    '5.s',
    '٣s',
    ' 5s',
    `${'9'.repeat(400)}h`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => expect(parseDuration(text)).to.equal(undefined))
  }

  it('agrees with the arithmetic of its units', () => {
    fc.assert(
      fc.property(fc.nat(), (amount) => {
        expect(parseDuration(`${amount}s`)).to.equal(parseDuration(`${amount}000ms`))
        expect(parseDuration(`${amount}m`)).to.equal(parseDuration(`${amount * 60}s`))
        expect(parseDuration(`${amount}h`)).to.equal(parseDuration(`${amount * 60}m`))
      }),
    )
  })
})
