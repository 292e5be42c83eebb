import { expect } from 'chai'
import { type JobLife, mayFollow, requireLegal } from '../../src/steps/job-life.ts'

const life: JobLife = { open: ['QUEUED', 'IN_PROGRESS'], ended: ['COMPLETED', 'FAILED'] }

describe('mayFollow', () => {
  const all = ['QUEUED', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'PAUSED']

  const followers: Readonly<Record<string, readonly string[]>> = {
    QUEUED: ['QUEUED', 'IN_PROGRESS', 'COMPLETED', 'FAILED'],
    IN_PROGRESS: ['IN_PROGRESS', 'COMPLETED', 'FAILED'],
    COMPLETED: ['COMPLETED'],
    FAILED: ['FAILED'],
  }

  for (const [last, allowed] of Object.entries(followers)) {
    it(`lets ${last} stay or go on, and nothing else`, () => {
      expect(all.filter((next) => mayFollow(life, last, next))).to.deep.equal(allowed)
    })
  }

  it('lets a job begin with any status that is known', () => {
    expect(all.filter((next) => mayFollow(life, undefined, next))).to.deep.equal(['QUEUED', 'IN_PROGRESS', 'COMPLETED', 'FAILED'])
  })
})

describe('requireLegal', () => {
  it('names both statuses', () => {
    expect(() => requireLegal(life, 'compilation 7', 'IN_PROGRESS', 'QUEUED'))
      .to.throw('compilation 7 went back: its status was "QUEUED" after IN_PROGRESS')
      .with.nested.include({
        'problem.code': 'ILLEGAL_STATUS',
        'problem.details.lastStatus': 'IN_PROGRESS',
        'problem.details.status': 'QUEUED',
      })
    expect(() => requireLegal(life, 'compilation 7', 'QUEUED', 'PAUSED')).to.throw(
      'compilation 7 has a status that is not known: "PAUSED" after QUEUED; known are QUEUED, IN_PROGRESS, COMPLETED, FAILED',
    )
    expect(() => requireLegal(life, 'compilation 7', undefined, 'queued')).to.throw('"queued" when it was accepted')
  })
})

describe('a life whose open statuses are for the target to name', () => {
  const named: JobLife = { open: 'any', ended: ['COMPLETED', 'FAILED'] }

  it('lets a job go from any status to any other, until it has ended', () => {
    for (const [last, next] of [
      ['QUEUED', 'RUNNING'],
      ['RUNNING', 'QUEUED'],
      ['RUNNING', 'FAILED'],
    ] as const) {
      expect(mayFollow(named, last, next), `${last} → ${next}`).to.equal(true)
    }
    for (const next of ['QUEUED', 'FAILED']) expect(mayFollow(named, 'COMPLETED', next)).to.equal(false)
  })
})
