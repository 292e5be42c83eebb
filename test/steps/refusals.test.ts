import { expect } from 'chai'
import { ProblemError } from '../../src/model/problem.ts'
import { refusalsOf } from '../../src/steps/refusals.ts'

const shift = { startTime: '2026-01-05T09:00:00+01:00', endTime: '2026-01-05T17:00:00+01:00', workModeId: 'chat' }

function codesAt(at: string, shifts = [shift], workModeId = 'chat'): readonly string[] {
  return refusalsOf({ agentId: 'a', workModeId, skillLevels: [], at: new Date(at) }, { shifts, skills: [] }).map(({ code }) => code)
}

describe('refusalsOf', () => {
  for (const [at, expected] of [
    ['2026-01-05T07:59:59.999Z', ['no-shift']],
    ['2026-01-05T08:00:00.000Z', []],
    ['2026-01-05T15:59:59.999Z', []],
    ['2026-01-05T16:00:00.000Z', ['no-shift']],
  ] as const) {
    it(`has a shift from its start until before its end: ${at} is ${expected.length === 0 ? 'in' : 'out'}`, () => {
      expect(codesAt(at)).to.deep.equal(expected)
    })
  }

  it('compares moments, whatever their offsets', () => {
    const inUtc = { ...shift, startTime: '2026-01-05T08:00:00Z', endTime: '2026-01-05T11:00:00-05:00' }
    expect(codesAt('2026-01-05T08:00:00Z', [inUtc])).to.deep.equal([])
    expect(codesAt('2026-01-05T16:00:00Z', [inUtc])).to.deep.equal(['no-shift'])
  })

  it('has no shift without any', () => {
    expect(codesAt('2026-01-05T10:00:00Z', [])).to.deep.equal(['no-shift'])
  })

  it('is in conflict with the shift of this moment only', () => {
    const later = { startTime: shift.endTime, endTime: '2026-01-05T20:00:00+01:00', workModeId: 'voice' }
    expect(codesAt('2026-01-05T10:00:00Z', [shift, later], 'voice')).to.deep.equal(['shift-conflict'])
    expect(codesAt('2026-01-05T16:00:00Z', [shift, later], 'voice')).to.deep.equal([])
  })

  it('may follow any of several shifts of one moment, and a shift without a work mode', () => {
    expect(codesAt('2026-01-05T10:00:00Z', [shift, { ...shift, workModeId: 'voice' }], 'voice')).to.deep.equal([])
    const { workModeId: _, ...free } = shift
    expect(
      refusalsOf({ agentId: 'a', workModeId: 'x', skillLevels: [], at: new Date('2026-01-05T10:00:00Z') }, { shifts: [free] }),
    ).to.deep.equal([])
  })

  it('cannot judge by a time that is none', () => {
    expect(() => codesAt('2026-01-05T10:00:00Z', [{ ...shift, endTime: 'later' }])).to.throw(
      ProblemError,
      'shift 1 of the agent has "later"',
    )
  })

  describe('with skills', () => {
    const codes = (skills: readonly { skillId: string; maximumConcurrentInteractions?: number | null }[], interactions: number) =>
      refusalsOf(
        {
          agentId: 'a',
          workModeId: 'chat',
          skillLevels: [{ skillId: 's', level: 1, concurrentInteractions: interactions }],
          at: new Date(0),
        },
        { skills },
      ).map(({ code }) => code)

    it('allows up to the maximum of the skill', () => {
      const skills = [{ skillId: 's', maximumConcurrentInteractions: 3 }]
      expect(codes(skills, 3)).to.deep.equal([])
      expect(codes(skills, 4)).to.deep.equal(['concurrency-exceeded'])
      expect(codes([{ skillId: 's', maximumConcurrentInteractions: 0 }], 1)).to.deep.equal(['concurrency-exceeded'])
    })

    it('allows one where no maximum is set, also for a skill that the agent does not have', () => {
      for (const skills of [[{ skillId: 's' }], [{ skillId: 's', maximumConcurrentInteractions: null }], []]) {
        expect(codes(skills, 1)).to.deep.equal([])
        expect(codes(skills, 2)).to.deep.equal(['concurrency-exceeded'])
      }
    })
  })

  it('names everything at once, and nothing that is not known', () => {
    const change = { agentId: 'a', workModeId: 'x', skillLevels: [{ skillId: 's', level: 1, concurrentInteractions: 9 }], at: new Date(0) }
    expect(refusalsOf(change, { shifts: [], skills: [] }).map(({ code }) => code)).to.deep.equal(['no-shift', 'concurrency-exceeded'])
    expect(refusalsOf(change, {})).to.deep.equal([])
  })
})
