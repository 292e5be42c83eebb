import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { decoder, matches } from '../../src/api/decode.ts'
import type { ApiAnswer } from '../../src/api/send.ts'
import type { Json } from '../../src/model/json.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'

const answer = (body: Json | undefined): ApiAnswer => ({
  status: 200,
  headers: {},
  body,
  latencyMs: 1,
  attempts: 1,
  of: { method: 'POST', path: '/api/v2/flows/debug', correlationId: 'id-1', excerpt: () => JSON.stringify(body) ?? '' },
})

function complaintOf(name: string, body: Json | undefined): Problem {
  try {
    decoder(name)(answer(body))
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('expected a problem')
}

describe('decoder', () => {
  it('returns a body that fits, with fields that it does not know', () => {
    const body = { path: ['a'], variables: { x: 1 }, exitNode: null, duration: 3.5, trace: [{ nodeId: 'a', shiny: true }], newField: 1 }
    expect(decoder('debug-answer')(answer(body))).to.equal(body)
  })

  const nonsense: readonly (readonly [string, string, Json | undefined, string])[] = [
    ['no body', 'debug-answer', undefined, 'the body is empty'],
    ['a list', 'debug-answer', [], 'the body must be object, but is an array'],
    ['text', 'debug-answer', 'ok', 'the body must be object, but is "ok"'],
    ['null', 'debug-answer', null, 'the body must be object, but is null'],
    ['a missing field', 'debug-answer', {}, "the body must have required property 'path'"],
    [
      'a wrong type deep inside',
      'debug-answer',
      { path: ['a'], trace: [{ nodeId: 'a' }, { nodeId: 5 }] },
      '/trace/1/nodeId must be string, but is 5',
    ],
    ['a missing field deep inside', 'debug-answer', { path: [], trace: [{}] }, "/trace/0 must have required property 'nodeId'"],
    ['a negative duration', 'debug-answer', { path: [], duration: -1 }, '/duration must be >= 0, but is -1'],
    ['a job without an id', 'compile-job', { status: 'QUEUED' }, "the body must have required property 'compileId'"],
    ['a status that is no text', 'compilation', { status: 3 }, '/status must be string, but is 3'],
    ['errors that are no list', 'compilation', { status: 'FAILED', errors: {} }, '/errors must be array,null, but is an object'],
    [
      'a line that is no whole number',
      'compilation',
      { status: 'FAILED', errors: [{ code: 'x', message: 'y', location: { line: 1.5 } }] },
      '/errors/0/location/line',
    ],
    ['a flow without its id', 'flow-definition', { name: 'x' }, "required property 'flowId'"],
  ]
  for (const [what, name, body, where] of nonsense) {
    it(`says where ${what} departs from a ${name}`, () => {
      const problem = complaintOf(name, body)
      expect(problem.code).to.equal('PROTOCOL_ERROR')
      expect(problem.message).to.include(`POST /api/v2/flows/debug was answered 200, but not with a ${name}: `).and.include(where)
      expect(problem.details).to.include({ method: 'POST', path: '/api/v2/flows/debug', status: 200, correlationId: 'id-1' })
      expect(problem.details?.['excerpt']).to.equal(JSON.stringify(body) ?? '')
    })
  }

  it('shows three complaints and counts the others', () => {
    expect(complaintOf('debug-answer', { path: [1, 2, 3, 4, 5] }).message).to.match(/\/path\/2 .*; and 2 more$/)
  })

  it('shows nothing that would act on a terminal', () => {
    expect(complaintOf('debug-answer', { path: ['\u001b[2J'.repeat(3), 5], exitNode: 1 }).message).not.to.include('\u001b')
    expect(complaintOf('debug-answer', { path: { '\u001b[2J': 1 } }).message).not.to.include('\u001b')
  })

  it('knows each schema under schemas/api', () => {
    for (const file of readdirSync('schemas/api')) expect(decoder(file.replace('.schema.json', ''))).to.be.a('function')
    expect(() => decoder('no-such')).to.throw('no-such')
  })
})

describe('matches', () => {
  it('tells whether a body has the shape', () => {
    expect(matches('debug-failure', { trace: [{ nodeId: 'a', status: 'Error' }] })).to.equal(true)
    expect(matches('debug-failure', { trace: [] })).to.equal(false)
    expect(matches('debug-failure', undefined)).to.equal(false)
  })
})
