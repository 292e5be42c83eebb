import { expect } from 'chai'
import fc from 'fast-check'
import { retryAfterMs } from '../../src/api/retry-after.ts'

const NOW = new Date('2026-01-02T03:04:05Z')
const parse = (value: string, date?: string): number | undefined =>
  retryAfterMs({ 'retry-after': value, ...(date !== undefined && { date }) }, NOW)

describe('retryAfterMs', () => {
  it('reads whole seconds, however many', () => {
    fc.assert(fc.property(fc.nat(), (seconds) => parse(String(seconds)) === seconds * 1000))
    expect(parse('9'.repeat(400))).to.equal(Number.MAX_SAFE_INTEGER)
    expect(parse(' 7 ')).to.equal(7000)
    expect(parse('007')).to.equal(7000)
  })

  it('reads each of the three date forms of any time as the same wait', () => {
    const anyDate = fc.date({ min: new Date('1977-01-01T00:00:00Z'), max: new Date('2075-12-31T23:59:59Z'), noInvalidDate: true })
    fc.assert(
      fc.property(anyDate, (date) => {
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000)
        const expected = Math.max(0, whole.getTime() - NOW.getTime())
        for (const form of [imfFixdate, rfc850, asctime]) expect(parse(form(whole)), form(whole)).to.equal(expected)
      }),
    )
  })

  it('measures a date against the clock of the server where it tells its time', () => {
    expect(parse('Fri, 02 Jan 2026 05:00:10 GMT', 'Fri, 02 Jan 2026 05:00:00 GMT')).to.equal(10_000)
    expect(parse('Fri, 02 Jan 2026 03:04:15 GMT', 'nonsense')).to.equal(10_000)
  })

  it('takes two digits of a year that would be more than 50 years ahead as the last century', () => {
    expect(parse('Sunday, 06-Nov-94 08:49:37 GMT')).to.equal(0)
    expect(parse('Monday, 06-Jan-76 08:49:37 GMT')).to.be.above(0)
  })

  for (const value of [
    '',
    '-1',
    '+1',
    '1e3',
    '1.5',
    '2, 3',
    '0x10',
    'soon',
    '１',
    'Infinity',
    'Fri, 2 Jan 2026 03:04:15 GMT',
    'Fri, 30 Feb 2026 03:04:15 GMT',
    'Fri, 02 Jan 2026 25:04:15 GMT',
    'Fri, 02 Jan 2026 03:04:15 +0100',
    'Fri, 02 Jan 2026 03:04:15',
    '2026-01-02T03:04:15Z',
    'Fri, 02 jan 2026 03:04:15 GMT',
  ]) {
    it(`does not take "${value}" for a wait`, () => {
      expect(parse(value)).to.equal(undefined)
    })
  }

  it('is undefined without the header, and for every text yields undefined or a wait that is safe to add', () => {
    expect(retryAfterMs({}, NOW)).to.equal(undefined)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const waitMs = parse(text)
        if (waitMs !== undefined) expect(Number.isSafeInteger(waitMs) && waitMs >= 0).to.equal(true)
      }),
    )
  })
})

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function imfFixdate(date: Date): string {
  return date.toUTCString()
}

function rfc850(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(/,? /)
  return `${DAYS[date.getUTCDay()]}, ${day}-${month}-${year?.slice(2)} ${time} GMT`
}

function asctime(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().split(/,? /)
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`
}
