import { expect } from 'chai'
import { duration } from '../../src/assertions/duration.ts'

describe('duration', () => {
  it('accepts what lies within, both ends included', () => {
    expect(duration('500ms', 500, 'the call')).to.deep.equal([])
    expect(duration({ min: '1s', max: '2s' }, 1_000, 'the call')).to.deep.equal([])
  })

  it('says how long it took', () => {
    expect(duration({ max: '500ms' }, 1_500, 'the call')).to.deep.equal([
      { code: 'DURATION_TOO_LONG', message: 'the call took 1.5s, expected at most 500ms', expected: '500ms', actual: '1.5s', at: ['max'] },
    ])
    expect(duration({ min: '1m' }, 30_000, 'the compilation')[0]?.message).to.equal('the compilation took 30s, expected at least 1m')
  })

  it('shows a difference that rounding would hide', () => {
    expect(duration('2s', 2_010, 'the call')[0]?.message).to.equal('the call took 2010ms, expected at most 2s')
  })

  it('is unmet where the target does not tell', () => {
    expect(duration('2s', undefined, 'the call')[0]?.code).to.equal('DURATION_NOT_TOLD')
  })

  it('reports what is no duration', () => {
    expect(duration('fast', 1, 'the call')[0]?.code).to.equal('EXPECTATION_INVALID')
    expect(duration({ max: 500 }, 1, 'the call')[0]).to.deep.include({ code: 'EXPECTATION_INVALID', at: ['max'] })
  })
})
