import { expect } from 'chai'
import type { Judgement } from '../../src/assertions/expectation.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import type { Finding } from '../../src/model/finding.ts'
import { judge } from '../../src/steps/judge.ts'

interface Weather {
  readonly degrees: number
}

const HAIL: Evidence = { claim: 'it hails', verdict: 'met', method: 'comparison', n: 7, observed: 7, expected: 7, at: ['count'] }

const kind = {
  key: 'weather',
  expectations: {
    degrees: (expected: unknown, { degrees }: Weather): readonly Finding[] =>
      expected === degrees ? [] : [{ code: 'TOO_COLD', message: 'it is cold', at: ['max'] }],
    hail: (): Judgement => ({ findings: [], evidence: [HAIL] }),
    rain: (): readonly Finding[] => [{ code: 'DRY', message: 'it is dry' }],
  },
  implied: (): readonly Finding[] => [{ code: 'WINDY', message: 'it is windy' }],
}

describe('judge', () => {
  it('judges each key in the order of the author, then what is implied', () => {
    const codes = judge(kind, { rain: true, degrees: 20 }, { degrees: 10 }).findings.map((finding) => finding.code)
    expect(codes).to.deep.equal(['DRY', 'TOO_COLD', 'WINDY'])
  })

  it('puts the key in front of where a finding points', () => {
    expect(judge(kind, { rain: true, degrees: 20 }, { degrees: 10 }).findings.map((finding) => finding.at)).to.deep.equal([
      ['rain'],
      ['degrees', 'max'],
      undefined,
    ])
  })

  it('tells what an expectation rests on also where it is met', () => {
    expect(judge(kind, { hail: 7 }, { degrees: 20 }).evidence).to.deep.equal([{ ...HAIL, at: ['hail', 'count'] }])
  })

  it('finds an unknown key, and asks for the one that was meant', () => {
    expect(judge(kind, { degree: 20 }, { degrees: 20 }).findings[0]).to.deep.equal({
      code: 'UNKNOWN_EXPECTATION',
      message: '"degree" is nothing that can be expected of a "weather" step; known are degrees, hail, rain',
      at: ['degree'],
      advice: 'did you mean "degrees"?',
    })
  })

  it('takes no inherited property for an expectation', () => {
    for (const key of ['constructor', 'toString', '__proto__']) {
      const expected = JSON.parse(`{"${key}": 1}`)
      expect(judge(kind, expected, { degrees: 20 }).findings[0]?.code, key).to.equal('UNKNOWN_EXPECTATION')
    }
  })
})
