import { expect } from 'chai'
import { execute } from '../../../src/flow/execute.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import { callFlow, flowOf, stepsOf } from '../support.ts'

const flow = flowOf(
  `
  - { id: start, type: Start, next: hours }
  - { id: hours, type: Hours, profile: office, branches: { Open: open, Closed: closed } }
  - { id: open, type: Exit }
  - { id: closed, type: Exit }`,
  `
hours:
  office:
    timeZone: America/New_York
    open:
      - { days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }
      - { days: [sat], from: "20:00", to: "02:00" }
    closedOn: ["2026-12-25"]`,
)

function isOpenAt(callTime: string): boolean {
  return stepsOf(callFlow(flow, { variables: { callTime } })).includes('hours:Open')
}

describe('Hours', () => {
  const times: readonly (readonly [string, boolean, string])[] = [
    ['2026-01-05T08:00', true, 'the first minute'],
    ['2026-01-05T07:59', false, 'the minute before'],
    ['2026-01-05T17:59:59', true, 'the last second'],
    ['2026-01-05T18:00', false, 'closing time'],
    ['2026-01-05 12:00', true, 'a blank instead of T'],
    ['2026-01-04T12:00', false, 'a Sunday'],
    ['2026-01-05T13:00:00Z', true, 'an instant in UTC: 08:00 in New York'],
    ['2026-01-05T12:59:00Z', false, 'an instant in UTC: 07:59 in New York'],
    ['2026-07-06T12:00:00Z', true, 'the same in summer: 08:00 with daylight saving'],
    ['2026-01-05T15:00:00+02:00', true, 'an instant with an offset: 08:00 in New York'],
    ['2026-12-25T12:00', false, 'a Friday on which nothing opens'],
    ['2026-01-10T23:00', true, 'Saturday night'],
    ['2026-01-11T01:59', true, 'after midnight, since Saturday night goes on'],
    ['2026-01-11T02:00', false, 'its end'],
    ['2026-12-26T01:00', false, 'after midnight of a day without a night'],
  ]
  for (const [callTime, open, why] of times) {
    it(`is ${open ? 'open' : 'closed'} at ${callTime}: ${why}`, () => expect(isOpenAt(callTime)).to.equal(open))
  }

  it('asks the clock where callTime has no value', () => {
    const at = (date: string): string[] => stepsOf(execute(flow, {}, { flows: createLibrary([flow]), date: () => new Date(date) }))
    expect(at('2026-01-05T15:00:00Z')).to.include('hours:Open')
    expect(at('2026-01-05T03:00:00Z')).to.include('hours:Closed')
  })

  for (const callTime of ['tomorrow', '2026-02-30T10:00', '2026-01-05T25:00', '2026-01-05', 20260105, true]) {
    it(`breaks the call for a callTime of ${JSON.stringify(callTime)}`, () => {
      const last = callFlow(flow, { variables: { callTime } }).visits.at(-1)
      expect(last).to.include({ node: 'hours', status: 'Error' })
      expect(last?.exception).to.include(JSON.stringify(callTime)).and.include('2026-01-05T09:30')
    })
  }
})
