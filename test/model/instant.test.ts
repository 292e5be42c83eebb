import { expect } from 'chai'
import fc from 'fast-check'
import { parseInstant } from '../../src/model/instant.ts'

const NINE = Date.UTC(2026, 0, 5, 9)

describe('parseInstant', () => {
  for (const text of [
    '2026-01-05T09:00:00Z',
    '2026-01-05t09:00:00z',
    '2026-01-05T09:00Z',
    '2026-01-05 09:00:00Z',
    '2026-01-05T09:00:00.000000Z',
    '2026-01-05T10:00:00+01:00',
    '2026-01-05T10:00:00+0100',
    '2026-01-05T10:00:00+01',
    '2026-01-05T01:00:00-08:00',
    '2026-01-05T14:30:00+05:30',
    '2026-01-06T00:00:00+15:00',
    '2026-01-05T10:00:00+01:00[Europe/Berlin]',
  ]) {
    it(`takes ${text} for the same moment`, () => {
      expect(parseInstant(text)).to.equal(NINE)
    })
  }

  it('takes a moment without an offset as UTC, whatever the time zone of the machine', () => {
    expect(parseInstant('2026-01-05T09:00:00')).to.equal(NINE)
  })

  it('reads milliseconds, and drops what is finer', () => {
    expect(parseInstant('2026-01-05T09:00:00.25Z')).to.equal(NINE + 250)
    expect(parseInstant('2026-01-05T09:00:00.123456Z')).to.equal(NINE + 123)
  })

  for (const text of [
    '',
    'now',
    '2026-01-05',
    '09:00',
    '2026-02-30T09:00Z',
    '2026-13-01T09:00Z',
    '2026-01-05T25:00Z',
    '1767603600',
    '2026-01-05T09:00+1',
  ]) {
    it(`does not take "${text}"`, () => {
      expect(parseInstant(text)).to.equal(undefined)
    })
  }

  it('reads every moment as it is written in ISO 8601', () => {
    const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }
    fc.assert(fc.property(fc.date(years), (date) => parseInstant(date.toISOString()) === date.getTime()))
  })
})
