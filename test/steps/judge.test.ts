import { expect } from 'chai'
import type { Finding } from '../../src/model/finding.ts'
import { judge } from '../../src/steps/judge.ts'

interface Weather {
  readonly degrees: number
}

const kind = {
  key: 'weather',
  expectations: {
    degrees: (expected: unknown, { degrees }: Weather): readonly Finding[] =>
      expected === degrees ? [] : [{ code: 'TOO_COLD', message: 'it is cold', at: ['max'] }],
    rain: (): readonly Finding[] => [{ code: 'DRY', message: 'it is dry' }],
  },
  implied: (): readonly Finding[] => [{ code: 'WINDY', message: 'it is windy' }],
}

describe('judge', () => {
  it('judges each key in the order of the author, then what is implied', () => {
    const codes = judge(kind, { rain: true, degrees: 20 }, { degrees: 10 }).map((finding) => finding.code)
    expect(codes).to.deep.equal(['DRY', 'TOO_COLD', 'WINDY'])
  })

  it('puts the key in front of where a finding points', () => {
    expect(judge(kind, { rain: true, degrees: 20 }, { degrees: 10 }).map((finding) => finding.at)).to.deep.equal([
      ['rain'],
      ['degrees', 'max'],
      undefined,
    ])
  })

  it('finds an unknown key, and asks for the one that was meant', () => {
    expect(judge(kind, { degree: 20 }, { degrees: 20 })[0]).to.deep.equal({
      code: 'UNKNOWN_EXPECTATION',
      message: '"degree" is nothing that can be expected of a "weather" step; known are degrees, rain',
      at: ['degree'],
      advice: 'did you mean "degrees"?',
    })
  })

  it('takes no inherited property for an expectation', () => {
    for (const key of ['constructor', 'toString', '__proto__']) {
      const expected = JSON.parse(`{"${key}": 1}`)
      expect(judge(kind, expected, { degrees: 20 })[0]?.code, key).to.equal('UNKNOWN_EXPECTATION')
    }
  })
})
