import { expect } from 'chai'
import type { ApiAnswer, ApiRequest } from '../../src/api/send.ts'
import type { Json } from '../../src/model/json.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import { execute } from '../../src/steps/execute.ts'
import { performer } from '../../src/steps/perform-step.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type TestContext, testContext } from '../support/step-context.ts'
import { stepSettings } from '../support/step-settings.ts'

const input = { actionId: 'balance-lookup', inputs: { customerId: 'C-1' } }
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

interface Script {
  /** The execution is `RUNNING` until then. */
  readonly endMs?: number
  readonly end?: Json
  /** The status of the answer to a look. */
  readonly lookStatus?: number
  readonly started?: Json
}

/** A platform whose executions take their time by the clock. */
function platform(clock: FakeClock, script: Script): (request: ApiRequest) => ApiAnswer {
  const { endMs = 0, end = { status: 'COMPLETED', result: { balance: 5 } }, lookStatus = 200 } = script
  return ({ method }) => {
    const answer = { status: 200, headers: {}, latencyMs: 7, attempts: 1 }
    if (method === 'POST') return { ...answer, status: 202, body: script.started ?? { executionId: 'e-1', status: 'QUEUED' } }
    return { ...answer, status: lookStatus, body: clock.now() < endMs ? { status: 'RUNNING' } : end }
  }
}

function contextOf(script: Script, more: Partial<TestContext> = {}): TestContext {
  const clock = more.clock ?? new FakeClock({ auto: true })
  const answer = platform(clock, script)
  const context: TestContext = testContext(() => null, {
    clock,
    send: async (request) => {
      context.sent.push(request)
      return answer(request)
    },
    ...more,
  })
  return context
}

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const error = await run.then(
    () => new Error('it resolved'),
    (reason: unknown) => reason,
  )
  if (error instanceof ProblemError) return error.problem
  throw error
}

describe('execute', () => {
  it('starts an execution, asks for its end, and tells every change', async () => {
    const context = contextOf({ endMs: 500 })
    const observation = await execute.run({ ...input, context: { channel: 'ivr' } }, context)
    const { correlationId } = observation
    expect(observation).to.deep.equal({
      ...{ actionId: 'balance-lookup', executionId: 'e-1', correlationId, status: 'COMPLETED', result: { balance: 5 } },
      ...{ latencyMs: 707, toldBy: 'poll' },
    })
    expect(context.sent[0]).to.deep.include({
      path: '/api/v2/dx/actions/balance-lookup/execute',
      body: { inputs: { customerId: 'C-1' }, context: { channel: 'ivr' }, asyncExecution: true },
      startsJob: true,
    })
    expect(context.jobs).to.deep.equal([
      { job: 'execution', id: 'e-1', status: 'QUEUED', correlationId },
      { job: 'execution', id: 'e-1', status: 'RUNNING', correlationId },
      { job: 'execution', id: 'e-1', status: 'COMPLETED', ended: true, correlationId, result: { balance: 5 } },
    ])
    expect(context.notes).to.deep.equal([
      { job: 'execution', correlationId, subject: 'balance-lookup', phase: 'validated' },
      { job: 'execution', correlationId, phase: 'dispatched', payload: { actionId: 'balance-lookup', inputs: { customerId: 'C-1' } } },
    ])
    expect(context.tidies).to.deep.equal([])
  })

  it('has one correlation id, a UUID, on all its requests, and another one in another try', async () => {
    const context = contextOf({ endMs: 3_000 })
    const { correlationId } = await execute.run(input, context)
    expect(correlationId).to.match(UUID)
    expect(new Set(context.sent.map((request) => request.correlationId))).to.deep.equal(new Set([correlationId]))
    const again = await execute.run(input, contextOf({}, { origin: { ...context.origin, try: 2 } }))
    expect(again.correlationId).to.match(UUID).and.not.equal(correlationId)
  })

  it('asks soon at first, then every 2 s', async () => {
    const context = contextOf({ endMs: 9_000 })
    await execute.run(input, context)
    expect(context.clock.slept).to.deep.equal([100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000])
  })

  it('takes any name for what comes before the end', async () => {
    const context = contextOf({ started: { executionId: 'e-1', status: 'WARMING_UP' } })
    expect((await execute.run(input, context)).status).to.equal('COMPLETED')
  })

  it('reads what came of an execution that had ended when it was accepted', async () => {
    const context = contextOf({ started: { executionId: 'e-1', status: 'COMPLETED' } })
    expect(await execute.run(input, context)).to.deep.include({ status: 'COMPLETED', result: { balance: 5 }, latencyMs: 7 })
  })

  it('observes a failure with its error', async () => {
    const end = { status: 'FAILED', result: null, error: { code: 'CUSTOMER_UNKNOWN', message: 'no such customer' } }
    const observation = await execute.run(input, contextOf({ end }))
    expect(observation).to.deep.include({ status: 'FAILED', error: end.error })
    expect(observation).not.to.have.property('result')
  })

  it('observes that the target does not know the execution any more', async () => {
    const context = contextOf({ lookStatus: 404 })
    expect((await execute.run(input, context)).status).to.equal('NOT_FOUND')
    expect(context.jobs.at(-1)).to.include({ status: 'NOT_FOUND', ended: true })
  })

  for (const [timeout, timeoutMs] of [
    [undefined, 30_000],
    ['5s', 5_000],
    ['2m', 120_000],
  ] as const) {
    it(`observes an execution that is not done within ${timeout ?? 'the usual 30s'} as TIMEOUT, and tells that it may go on`, async () => {
      const context = contextOf({ endMs: Number.POSITIVE_INFINITY })
      const observation = await execute.run(timeout === undefined ? input : { ...input, timeout }, context)
      expect(observation).to.include({ status: 'TIMEOUT', lastStatus: 'RUNNING' })
      expect(observation.latencyMs).to.be.within(timeoutMs * 0.97, timeoutMs)
      expect(context.jobs.some(({ ended }) => ended)).to.equal(false)
      expect(context.notes.at(-1)).to.include({ phase: 'left', id: 'e-1', correlationId: observation.correlationId })
    })
  }

  it('has a problem where the time of the step is over first', async () => {
    const problem = await problemOf(execute.run(input, contextOf({ endMs: 60_000 }, { deadlineAtMs: 4_000 })))
    expect(problem.code).to.equal('JOB_STUCK')
    expect(problem.message).to.include('RUNNING')
  })

  for (const [what, problem] of [
    ['lost', { code: 'UNKNOWN_OUTCOME', message: 'lost' }],
    ['no JSON', { code: 'PROTOCOL_ERROR', message: 'truncated', details: { status: 202 } }],
  ] as const) {
    it(`tells of an execution that may have been started where the answer was ${what}, and starts no other`, async () => {
      const context = contextOf({})
      const failing = {
        ...context,
        send: async (request: ApiRequest) => {
          context.sent.push(request)
          throw new ProblemError(problem)
        },
      }
      expect(await problemOf(execute.run(input, failing))).to.equal(problem)
      expect(context.sent).to.have.length(1)
      expect(context.notes.at(-1)).to.deep.equal({ job: 'execution', phase: 'left', correlationId: context.sent[0]?.correlationId })
    })
  }

  it('leaves nothing behind where the target refused', async () => {
    const context = contextOf({})
    const send = async (): Promise<never> => {
      throw new ProblemError({ code: 'REQUEST_REFUSED', message: 'no', details: { status: 400 } })
    }
    await problemOf(execute.run(input, { ...context, send }))
    expect(context.notes.map(({ phase }) => phase)).to.deep.equal(['validated', 'dispatched'])
    expect(context.tidies).to.deep.equal([])
  })

  it('tells of the execution that it leaves when it is cut short', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const context = contextOf({ endMs: 60_000 }, { clock, signal: controller.signal })
    const run = execute.run(input, context).catch((error: unknown) => error)
    await clock.advance(300)
    controller.abort('stop')
    expect(await run).to.equal('stop')
    for (const tidy of context.tidies) await tidy(context.send)
    expect(context.notes.at(-1)).to.include({ phase: 'left', id: 'e-1' })
  })

  it('lets a scenario name no address for the result but those that are allowed, letter by letter', async () => {
    const settings = { ...stepSettings, executions: { callbackUrls: ['https://results.example/x'] } }
    const ask = async (callbackUrl: Json): Promise<TestContext> => {
      const context = contextOf({}, { settings })
      await execute.run({ ...input, context: { callbackUrl } }, context)
      return context
    }
    expect((await ask('https://results.example/x')).sent[0]?.body).to.have.nested.property('context.callbackUrl')
    for (const url of [
      'https://results.example/x/',
      'https://RESULTS.example/x',
      'http://169.254.169.254/',
      'file:///etc/passwd',
      '',
      null,
      {},
    ]) {
      expect((await problemOf(ask(url))).code, JSON.stringify(url)).to.equal('INVALID_STEP')
    }
  })

  for (const id of ['..', '.', '']) {
    it(`refuses the action "${id}" before anything is sent`, async () => {
      const context = contextOf({})
      expect((await problemOf(execute.run({ actionId: id }, context))).code).to.equal('INVALID_STEP')
      expect(context.sent).to.deep.equal([])
    })
  }
})

describe('execute with a callback', () => {
  const withCallback = { ...input, callback: true }
  const end = { executionId: 'e-1', status: 'COMPLETED', result: { balance: 9 } }

  /** Runs the step, and posts these one after the other, 100 ms apart, to the address that the target was given. */
  async function runPosting(posts: readonly Json[], script: Script = { endMs: Number.POSITIVE_INFINITY }) {
    const clock = new FakeClock()
    const context = contextOf(script, { clock })
    const run = execute.run(withCallback, context)
    const answers: (number | undefined)[] = []
    for (const post of posts) {
      await clock.advance(100)
      answers.push(context.inboxes[0]?.deliver(post))
    }
    await clock.advance(31_000)
    return { observation: await run, answers, context }
  }

  it('gets the result without asking for it', async () => {
    const { observation, context } = await runPosting([{ ...end, status: 'RUNNING' }, end])
    expect(observation).to.deep.include({ status: 'COMPLETED', result: { balance: 9 }, toldBy: 'callback', latencyMs: 207 })
    expect(context.sent).to.have.length(1)
    expect(context.sent[0]?.body).to.have.nested.property('context.callbackUrl', context.inboxes[0]?.url)
    expect(context.jobs.at(-1)).to.deep.include({ status: 'COMPLETED', ended: true })
    expect(context.counts.parked).to.equal(1)
  })

  it('takes the first end where the target posts several', async () => {
    const { observation } = await runPosting([end, end, { ...end, status: 'FAILED' }])
    expect(observation).to.include({ status: 'COMPLETED', latencyMs: 107 })
  })

  it('takes an end that leaves the id out', async () => {
    const { observation } = await runPosting([{ status: 'FAILED', error: 'boom' }])
    expect(observation).to.include({ status: 'FAILED', error: 'boom', toldBy: 'callback' })
  })

  it('refuses what is no end of this execution', async () => {
    const { answers, observation } = await runPosting([{ ...end, executionId: 'e-2' }, { hello: 1 }, [], 'x', null, { status: 7 }])
    expect(answers).to.deep.equal([400, 400, 400, 400, 400, 400])
    expect(observation.status).to.equal('TIMEOUT')
  })

  it('settles by asking once what has not been posted in time', async () => {
    const { observation, context } = await runPosting([], { end: { status: 'FAILED', error: 'late' } })
    expect(observation).to.include({ status: 'FAILED', error: 'late', toldBy: 'poll' })
    expect(context.sent).to.have.length(2)
  })

  it('takes an end that comes before the answer to the start', async () => {
    const context = contextOf({})
    const { send } = context
    const eager: TestContext = {
      ...context,
      send: (request) => {
        context.inboxes[0]?.deliver(end)
        return send(request)
      },
    }
    expect(await execute.run(withCallback, eager)).to.include({ status: 'COMPLETED', toldBy: 'callback', latencyMs: 7 })
  })

  it('needs a receiver, and says so before the run', () => {
    expect(execute.receives?.(withCallback, {}, stepSettings)).to.equal(true)
    expect(execute.receives?.(input, {}, stepSettings)).to.equal(false)
  })
})

describe('execute as judged', () => {
  const perform = performer(execute)
  const failed: Script = { end: { status: 'FAILED', error: { code: 'CUSTOMER_UNKNOWN', message: 'no such customer' } } }
  const codes = async (script: Script, expected: { readonly [key: string]: Json }): Promise<readonly string[]> =>
    (await perform({ input, expect: expected }, contextOf(script))).findings.map(({ code }) => code)

  it('has to complete without being asked to', async () => {
    const { findings } = await perform({ input, expect: {} }, contextOf(failed))
    expect(findings[0]).to.deep.include({
      code: 'EXECUTION_FAILED',
      message: 'execution e-1 of data action "balance-lookup" ended FAILED: no such customer',
    })
    expect(await codes({ lookStatus: 404 }, {})).to.deep.equal(['EXECUTION_NOT_FOUND'])
    expect(await codes({ endMs: Number.POSITIVE_INFINITY }, {})).to.deep.equal(['EXECUTION_TIMEOUT'])
    expect(await codes({}, {})).to.deep.equal([])
  })

  it('may end otherwise where the author expects that, by status or by error', async () => {
    for (const expected of [{ status: 'FAILED' }, { error: 'any' }, { error: { code: 'CUSTOMER_UNKNOWN' } }]) {
      expect(await codes(failed, expected), JSON.stringify(expected)).to.deep.equal([])
    }
    expect(await codes(failed, { error: 'none' })).to.deep.equal(['VALUE_DIFFERS', 'EXECUTION_FAILED'])
    expect(await codes(failed, { status: 'COMPLETED' })).to.deep.equal(['STATUS_DIFFERS'])
    expect(await codes({}, { error: 'any' })).to.deep.equal(['VALUE_ABSENT'])
    expect(await codes({}, { error: 'none' })).to.deep.equal([])
  })

  it('has a result that matchers judge, and a latency', async () => {
    expect(await codes({}, { result: { balance: { gte: 5 } }, latency: { max: '1s' } })).to.deep.equal([])
    expect(await codes({}, { result: { balance: { gt: 5 } }, latency: { max: '50ms' } })).to.deep.equal([
      'VALUE_DIFFERS',
      'DURATION_TOO_LONG',
    ])
  })

  it('yields its fields to later steps', async () => {
    const { outputs, observation } = await perform({ input, expect: {} }, contextOf({}))
    expect(outputs).to.deep.include({ executionId: 'e-1', status: 'COMPLETED', result: { balance: 5 } })
    expect(JSON.parse(JSON.stringify(observation))).to.deep.equal(observation)
  })
})
