import { expect } from 'chai'
import { readFaultPlan } from '../../../src/emulator/faults/read-fault-plan.ts'

function messagesOf(value: unknown): string[] {
  return (readFaultPlan(value).faults ?? []).map((fault) => fault.message)
}

describe('readFaultPlan', () => {
  it('yields a plan with every kind of rule as it stands', () => {
    const plan = {
      seed: 3,
      faults: [
        {
          api: 'flow-debug',
          first: 2,
          answer: { status: 429, headers: { 'x-a': 'b' }, retryAfter: { dateIn: '1.5s' }, body: { any: ['thing'] } },
        },
        { api: ['token', 'flow-read'], rate: 0.1, drop: 'mid-body', delay: '5ms', drip: { bytes: 1, every: '1s' } },
        { at: [1, 3], token: 'expired', commit: true, merge: { path: null } },
        { every: 2, body: 'html', job: { statuses: ['QUEUED'] } },
        { script: ['ok', { job: 'stuck' }] },
      ],
    }
    expect(readFaultPlan(plan).value).to.equal(plan)
  })

  const faulty = [
    [null, 'the file'],
    [{ faults: [], sead: 1 }, '"sead" is not a field'],
    [{ faults: [{ api: 'flow-debgu', first: 1, drop: 'mid-body' }] }, 'faults[0].api'],
    [{ faults: [{ drop: 'later' }] }, 'faults[0].drop'],
    [{ faults: [{ delay: 200 }] }, 'faults[0].delay'],
    [{ faults: [{ delay: '200' }] }, 'faults[0].delay'],
    [{ faults: [{ answer: { status: 99 } }] }, 'faults[0].answer.status'],
    [{ faults: [{ answer: { status: 200, headers: { 'x y': 'z' } } }] }, 'faults[0].answer.headers'],
    [{ faults: [{ answer: { status: 200, headers: { 'x-y': 'a\r\nb: c' } } }] }, 'faults[0].answer.headers'],
    [{ faults: [{ rate: 2, body: 'empty' }] }, 'faults[0].rate'],
    [{ faults: [{ first: 1, rate: 0.5, body: 'empty' }] }, 'faults[0] has both first and rate'],
    [{ faults: [{ first: 1 }] }, 'faults[0] does not say what happens'],
    [{ faults: [{ first: 1, commit: true }] }, 'faults[0] does not say what happens'],
    [{ faults: [{ script: ['ok'], body: 'empty' }] }, 'faults[0] has a script, and body beside it'],
    [{ faults: [{ script: ['okay'] }] }, 'faults[0].script[0]'],
  ] as const
  for (const [value, message] of faulty) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      const messages = messagesOf(value)
      expect(messages).to.have.length.at.least(1)
      expect(messages.join('\n')).to.include(message)
    })
  }

  it('tells every fault at once, each at its place', () => {
    const pointers: string[] = []
    const placeOf = (pointer: readonly (string | number)[]): { file: string; line: number; column: number } => {
      pointers.push(pointer.join('/'))
      return { file: 'faults.yaml', line: pointers.length, column: 1 }
    }
    const { faults = [] } = readFaultPlan({ faults: [{ drop: 'x' }, { bdy: 'html' }] }, { placeOf, keyPlaceOf: placeOf })
    expect(faults.map((fault) => fault.place?.line)).to.deep.equal([1, 2])
    expect(pointers).to.deep.equal(['faults/0/drop', 'faults/1/bdy'])
  })
})
