import { expect } from 'chai'
import fc from 'fast-check'
import { shiftsAround } from '../../../src/emulator/agents/shifts.ts'

const NOON = new Date('2026-01-02T12:00:00Z')
const HOUR_MS = 3_600_000

describe('shiftsAround', () => {
  it('tells shifts between two moments in UTC, in order of time', () => {
    const shifts = shiftsAround(NOON, [
      { startTime: '2026-01-05T08:00:00+01:00', endTime: '2026-01-05T16:00:00+01:00', workModeId: 'late' },
      { startTime: '2026-01-02T08:00:00Z', endTime: '2026-01-02T16:00:00Z' },
    ])
    expect(shifts).to.deep.equal([
      { startTime: '2026-01-02T08:00:00.000Z', endTime: '2026-01-02T16:00:00.000Z' },
      { startTime: '2026-01-05T07:00:00.000Z', endTime: '2026-01-05T15:00:00.000Z', workModeId: 'late' },
    ])
  })

  it('repeats a daily shift, also past midnight', () => {
    const shifts = shiftsAround(new Date('2026-01-02T02:00:00Z'), [{ from: '22:00', to: '06:00', workModeId: 'night' }])
    expect(shifts[0]).to.deep.equal({ startTime: '2026-01-01T22:00:00.000Z', endTime: '2026-01-02T06:00:00.000Z', workModeId: 'night' })
    expect(shifts).to.have.length(9)
  })

  it('covers every moment of the week with shifts from 00:00 to 24:00, each moment once', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        const shifts = shiftsAround(date, [{ from: '00:00', to: '24:00' }])
        for (const hours of [0, 1, 24, 100, 160]) {
          const at = new Date(date.getTime() + hours * HOUR_MS).toISOString()
          expect(shifts.filter(({ startTime, endTime }) => startTime <= at && at < endTime)).to.have.length(1)
        }
      }),
    )
  })
})
