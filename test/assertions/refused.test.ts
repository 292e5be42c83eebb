import { expect } from 'chai'
import { type Refusal, refused } from '../../src/assertions/refused.ts'
import type { Json } from '../../src/model/json.ts'

const conflict: Refusal = { code: 'shift-conflict', message: 'the shift has the agent in "workMode-chat"' }
const exceeded: Refusal = { code: 'concurrency-exceeded', message: 'skill "a" would get 2' }
const exceededToo: Refusal = { code: 'concurrency-exceeded', message: 'skill "b" would get 3' }

describe('refused', () => {
  for (const [expected, actual] of [
    ['none', []],
    ['any', [conflict]],
    ['shift-conflict', [conflict]],
    [['shift-conflict'], [conflict]],
    [
      ['concurrency-exceeded', 'shift-conflict'],
      [conflict, exceeded, exceededToo],
    ],
    [{ contains: ['shift-conflict'] }, [conflict, exceeded]],
  ] as const satisfies readonly (readonly [Json, readonly Refusal[]])[]) {
    it(`is met by ${JSON.stringify(expected)} where ${actual.length} reasons speak against the change`, () => {
      expect(refused(expected, actual)).to.deep.equal([])
    })
  }

  for (const [expected, actual, message] of [
    ['none', [conflict], 'expected the change not to be refused, got shift-conflict'],
    ['any', [], 'expected the change to be refused, but nothing speaks against it'],
    [['no-shift'], [], 'expected the change to be refused because of no-shift, but nothing speaks against it'],
    [
      ['shift-conflict'],
      [conflict, exceeded],
      'expected the change to be refused because of shift-conflict, got shift-conflict and concurrency-exceeded',
    ],
    [{ contains: ['no-shift'] }, [conflict], 'expected the change to be refused because of no-shift, got shift-conflict'],
  ] as const satisfies readonly (readonly [Json, readonly Refusal[], string])[]) {
    it(`says: ${message}`, () => {
      const [finding] = refused(expected, actual)
      expect(finding).to.deep.include({
        code: 'REFUSAL_DIFFERS',
        message,
        details: actual.map(({ code, message: why }) => `${code}: ${why}`),
      })
    })
  }

  it('says so where it cannot be read', () => {
    expect(refused(3, [])[0]?.code).to.equal('EXPECTATION_INVALID')
    expect(refused({ contains: [1] }, [])[0]?.code).to.equal('EXPECTATION_INVALID')
  })
})
