import { expect } from 'chai'
import type { HttpAnswer } from '../../src/api/send.ts'
import { type ClientUnderTest, clientUnderTest, DEBUG, delays, problemOf, READ, START } from './support/client-under-test.ts'
import { json, type MemoryTarget, memoryTarget, networkError, type Script } from './support/memory-target.ts'

const OK = json(200, { flowId: 'main' })
const busy = (status: number, retryAfter?: string): HttpAnswer =>
  json(status, { message: 'busy' }, retryAfter === undefined ? {} : { 'retry-after': retryAfter })

describe('retrying', () => {
  it('waits 1 s, then 2 s at most before the second and third attempt, and resolves with the good answer', async () => {
    const { send, events } = clientUnderTest(memoryTarget([busy(500), busy(502), OK]))
    const answer = await send(READ)
    expect(answer).to.include({ status: 200, attempts: 3 })
    expect(delays(events)).to.deep.equal([1000, 2000])
  })

  it('gives up after three attempts, with the status, the number of attempts and what the server said', async () => {
    const target = memoryTarget([busy(503)])
    const { send } = clientUnderTest(target)
    const problem = await problemOf(send(READ))
    expect(problem.code).to.equal('SERVER_ERROR')
    expect(problem.message).to.include('GET /api/v2/flows/main').and.include('503').and.include('busy').and.include('3 attempts')
    expect(problem.details).to.include({ status: 503, attempts: 3, correlationId: 'id-0' })
    expect(target.requests).to.have.length(3)
  })

  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`tries again after ${status}`, async () => {
      const { send } = clientUnderTest(memoryTarget([busy(status), OK]))
      expect((await send(DEBUG)).attempts).to.equal(2)
    })
  }

  for (const status of [400, 404, 405, 409, 410, 415, 422, 501, 505]) {
    it(`does not try again after ${status}`, async () => {
      const target = memoryTarget([busy(status), OK])
      await problemOf(clientUnderTest(target).send(DEBUG))
      expect(target.requests).to.have.length(1)
    })
  }

  for (const code of [
    'ECONNRESET',
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EPIPE',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
  ]) {
    it(`tries again after ${code}`, async () => {
      const { send } = clientUnderTest(memoryTarget([networkError(code), OK]))
      expect((await send(DEBUG)).attempts).to.equal(2)
    })
  }

  it('tells of every further attempt with its reason and its wait', async () => {
    const { send, events } = clientUnderTest(memoryTarget([networkError('ECONNRESET'), busy(429, '3'), OK]))
    await send(READ)
    expect(events.filter((event) => event.type === 'request-retried')).to.deep.equal([
      { type: 'request-retried', request: 0, attempt: 1, reason: 'the connection was reset', delayMs: 1000 },
      { type: 'request-retried', request: 0, attempt: 2, reason: '429, busy', delayMs: 3000 },
    ])
  })

  describe('Retry-After', () => {
    // The fake clock starts at Fri, 02 Jan 2026 03:04:05 GMT.
    const cases: readonly (readonly [string, number])[] = [
      ['7', 7000],
      ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
      ['Friday, 02-Jan-26 03:04:15 GMT', 10_000],
      ['Fri Jan  2 03:04:15 2026', 10_000],
      ['Thu, 01 Jan 2026 00:00:00 GMT', 1000],
      ['0', 1000],
      ['-1', 1000],
      ['1e3', 1000],
      ['2, 3', 1000],
      ['soon', 1000],
      ['', 1000],
    ]
    for (const status of [429, 500, 502, 503, 504]) {
      for (const [value, delayMs] of cases) {
        it(`"${value}" on ${status} means a wait of ${delayMs} ms`, async () => {
          const { send, events } = clientUnderTest(memoryTarget([busy(status, value), OK]))
          await send(READ)
          expect(delays(events)).to.deep.equal([delayMs])
        })
      }
    }

    it('longer than the time that is left fails now and says both', async () => {
      const target = memoryTarget([busy(429, '3000000'), OK])
      const { send, clock } = clientUnderTest(target)
      const problem = await problemOf(send(READ))
      expect(problem).to.include({ code: 'RATE_LIMITED' })
      expect(problem.message).to.include('3000000 s').and.include('60 s')
      expect(clock.now()).to.equal(0)
      expect(target.requests).to.have.length(1)
    })

    it('is measured against the step’s deadline where that comes first', async () => {
      const { with: bind } = clientUnderTest(memoryTarget([busy(503, '10'), OK]))
      const problem = await problemOf(bind({ deadlineAtMs: 4500 })(READ))
      expect(problem.message).to.include('10 s').and.include('4.5 s')
    })

    it('does not use up the three attempts on 429', async () => {
      const { send } = clientUnderTest(memoryTarget([...Array<Script>(5).fill(busy(429, '1')), OK]))
      expect((await send(READ)).attempts).to.equal(6)
    })

    it('holds back other calls of the same API, of which one then goes first', async () => {
      const { clock, send, target } = throttled()
      const calls = [send(READ)]
      await clock.advance(10)
      calls.push(...Array.from({ length: 5 }, () => send(READ)))
      await clock.advance(4000)
      expect(target.requests, 'during the pause').to.have.length(1)
      await clock.advance(1000)
      expect(target.requests, 'after the pause').to.have.length(2)
      await clock.advance(10_000)
      await Promise.all(calls)
      expect(target.requests).to.have.length(7)
    })

    it('does not hold back calls of another API', async () => {
      const { clock, send, target } = throttled()
      const calls = [send(READ)]
      await clock.advance(10)
      calls.push(send(DEBUG))
      await clock.advance(1000)
      expect(target.requests).to.have.length(2)
      await clock.advance(10_000)
      await Promise.all(calls)
    })

    /** Answers 429 at first, then well, a second after each request. */
    function throttled(): ClientUnderTest & { readonly target: MemoryTarget } {
      const target = memoryTarget([
        busy(429, '5'),
        async () => {
          await test.clock.sleep(1000)
          return OK
        },
      ])
      const test = clientUnderTest(target, { manual: true })
      return { ...test, target }
    }
  })

  describe('a request that starts a job', () => {
    const unknown: readonly (readonly [string, Script])[] = [
      ['500', busy(500)],
      ['502', busy(502)],
      ['503 without Retry-After', busy(503)],
      ['504', busy(504)],
      ['a reset', networkError('ECONNRESET')],
      ['a time-out', networkError('UND_ERR_HEADERS_TIMEOUT')],
    ]
    for (const [name, script] of unknown) {
      it(`is not sent again after ${name}: nobody knows what it did`, async () => {
        const target = memoryTarget([script, json(201, {})])
        const problem = await problemOf(clientUnderTest(target).send(START))
        expect(problem).to.include({ code: 'UNKNOWN_OUTCOME' })
        expect(problem.details).to.include({ correlationId: 'id-0' })
        expect(target.requests).to.have.length(1)
      })
    }

    const harmless: readonly (readonly [string, Script])[] = [
      ['a refused connection', networkError('ECONNREFUSED')],
      ['a name that is not found', networkError('ENOTFOUND')],
      ['429', busy(429)],
      ['429 with Retry-After', busy(429, '1')],
      ['503 with Retry-After', busy(503, '1')],
      ['401', busy(401)],
    ]
    for (const [name, script] of harmless) {
      it(`is sent again after ${name}: it cannot have started anything`, async () => {
        const target = memoryTarget([script, json(201, { compileId: 'c-1', status: 'QUEUED' })])
        expect((await clientUnderTest(target).send(START)).attempts).to.equal(2)
      })
    }
  })

  it('judges what a request accepts before it tries again', async () => {
    const target = memoryTarget([json(500, { trace: [1] }), OK])
    const answer = await clientUnderTest(target).send({ ...DEBUG, accepts: ({ status }) => status === 500 })
    expect(answer).to.include({ status: 500, attempts: 1 })
  })

  it('does not wait past the deadline of the step', async () => {
    const target = memoryTarget([busy(500), OK])
    const { with: bind, clock } = clientUnderTest(target)
    const problem = await problemOf(bind({ deadlineAtMs: 500 })(READ))
    expect(problem.message).to.include('1 s').and.include('0.5 s')
    expect(clock.now()).to.equal(0)
  })

  it('is given up at once when the signal aborts during a wait', async () => {
    const { send, controller, clock, events } = clientUnderTest(memoryTarget([busy(500), OK]), { manual: true })
    const answer = send(READ)
    await clock.advance(500)
    const reason = new Error('interrupted by SIGINT')
    controller.abort(reason)
    expect(await answer.catch((error: unknown) => error)).to.equal(reason)
    expect(clock.now()).to.equal(500)
    expect(events.at(-1)).to.have.nested.include({
      type: 'request-failed',
      'problem.code': 'ABORTED',
      'problem.message': 'GET /api/v2/flows/main was given up: interrupted by SIGINT',
    })
  })

  describe('with a target that is down', () => {
    for (const [name, script] of [
      ['refuses connections', networkError('ECONNREFUSED')],
      ['answers 429', busy(429, '1')],
      ['answers 503', busy(503)],
      ['answers 500', busy(500)],
    ] as const) {
      it(`that ${name}, repeats at most 10 % + 10 of 200 calls, and stops calling`, async () => {
        const target = memoryTarget([script])
        const { send } = clientUnderTest(target)
        const codes: string[] = []
        for (let wave = 0; wave < 25; wave += 1) {
          const problems = await Promise.all(Array.from({ length: 8 }, () => problemOf(send(READ))))
          codes.push(...problems.map((problem) => problem.code))
        }
        expect(target.requests.length).to.be.at.most(200 + 30)
        expect(target.requests.length, 'the circuit opens').to.be.below(120)
        expect(codes.at(-1)).to.equal('PLATFORM_UNAVAILABLE')
      })
    }
  })

  for (const script of [busy(429, '2'), busy(503)]) {
    it(`gets a burst of 64 calls that all meet ${script.status} through in the end`, async () => {
      const target = memoryTarget([(_request, index) => (index < 64 ? script : OK)])
      const test = clientUnderTest(target, { limits: { requestsAtOnce: 64, apis: {} }, random: Math.random })
      const answers = await Promise.all(Array.from({ length: 64 }, () => test.send(READ)))
      expect(answers.map(({ attempts }) => attempts)).to.deep.equal(Array(64).fill(2))
    })
  }

  it('costs the quota nothing where calls succeed in the end', async () => {
    const flaky: Script = (_request, index) => (index % 2 === 0 ? busy(503) : OK)
    const { send } = clientUnderTest(memoryTarget([flaky]))
    for (let call = 0; call < 300; call += 1) expect((await send(READ)).attempts).to.equal(2)
  })
})
