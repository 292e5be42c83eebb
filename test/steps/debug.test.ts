import { expect } from 'chai'
import type { ApiAnswer } from '../../src/api/send.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { ProblemError } from '../../src/model/problem.ts'
import { debug } from '../../src/steps/debug.ts'
import { performer } from '../../src/steps/perform-step.ts'
import { testContext } from '../support/step-context.ts'

const answer = {
  path: ['start', 'menu', 'route', 'exit'],
  variables: { selected_option: '1' },
  exitNode: 'exit',
  duration: 42,
  trace: [
    { nodeId: 'start', type: 'Start', timestamp: 0, variables: {} },
    { nodeId: 'menu', type: 'GatherInput', timestamp: 5, input: { dtmf: '1' }, variables: { selected_option: '1' } },
    { nodeId: 'route', type: 'Route', timestamp: 20, target: 'queue_sales', input: null, variables: { selected_option: '1' } },
    { nodeId: 'exit', type: 'Exit', timestamp: 42, status: 'Completed', variables: { selected_option: '1' } },
  ],
} as const

const input = { flowId: 'main-menu', dtmf: '1' }

const perform = performer(debug)

/** A context whose target answers 500 with this body. */
function brokenTarget(body: Json) {
  const failure: ApiAnswer = { status: 500, headers: {}, body, latencyMs: 1, attempts: 1 }
  return testContext(() => null, {
    send: async (request) => {
      if (request.accepts?.(failure)) return failure
      throw new ProblemError({ code: 'SERVER_ERROR', message: 'answered 500' })
    },
  })
}

async function problemOf(body: JsonObject): Promise<string> {
  const error = await debug
    .run(
      input,
      testContext(() => body),
    )
    .catch((reason: unknown) => reason)
  return error instanceof ProblemError ? `${error.problem.code}: ${error.message}` : 'it resolved'
}

describe('debug', () => {
  it('sends the input of the caller and asks for the trace and the variables', async () => {
    const context = testContext(() => answer)
    await debug.run({ ...input, speech: 'sales', variables: { language: 'en' }, maxLoops: 7 }, context)
    await debug.run({ flowId: 'main-menu', dtmf: '' }, context)
    expect(context.sent[0]).to.deep.include({
      api: 'flow-debug',
      method: 'POST',
      path: '/api/v2/flows/debug',
      body: {
        flowId: 'main-menu',
        input: { dtmf: '1', speech: 'sales' },
        options: { trace: true, includeVariables: true, maxLoops: 7 },
        variables: { language: 'en' },
      },
    })
    expect(context.sent[1]?.body).to.deep.equal({
      flowId: 'main-menu',
      input: { dtmf: '' },
      options: { trace: true, includeVariables: true, maxLoops: 50 },
    })
  })

  it('observes the trace', async () => {
    const trace = await debug.run(
      input,
      testContext(() => answer),
    )
    expect(trace).to.deep.equal({
      flowId: 'main-menu',
      visits: [
        { index: 0, node: 'start', type: 'Start', atMs: 0, variables: {} },
        { index: 1, node: 'menu', type: 'GatherInput', atMs: 5, input: { dtmf: '1' }, variables: { selected_option: '1' } },
        { index: 2, node: 'route', type: 'Route', atMs: 20, target: 'queue_sales', variables: { selected_option: '1' } },
        { index: 3, node: 'exit', type: 'Exit', atMs: 42, status: 'Completed', variables: { selected_option: '1' } },
      ],
      variables: { selected_option: '1' },
      exitNode: 'exit',
      durationMs: 42,
      status: 'Completed',
    })
  })

  it('makes do with a target that tells only the path', async () => {
    for (const body of [
      { path: ['start', 'exit'] },
      { path: ['start', 'exit'], trace: null, variables: null, exitNode: null, duration: null },
      { path: ['start', 'exit'], trace: [] },
    ]) {
      expect(
        await debug.run(
          input,
          testContext(() => body),
        ),
      ).to.deep.equal({
        flowId: 'main-menu',
        visits: [
          { index: 0, node: 'start' },
          { index: 1, node: 'exit' },
        ],
        variables: {},
        exitNode: 'exit',
        status: 'Completed',
      })
    }
  })

  it('observes a flow that breaks', async () => {
    const trace = await debug.run(
      input,
      brokenTarget({
        trace: [
          { nodeId: 'start', type: 'Start' },
          { nodeId: 'menu', type: 'GatherInput', status: 'Error', exception: { message: 'no prompt' }, variables: { x: 1 } },
        ],
      }),
    )
    expect(trace).to.deep.equal({
      flowId: 'main-menu',
      visits: [
        { index: 0, node: 'start', type: 'Start' },
        { index: 1, node: 'menu', type: 'GatherInput', status: 'Error', exception: 'no prompt', variables: { x: 1 } },
      ],
      variables: { x: 1 },
      status: 'Error',
    })
  })

  it('takes an exception for an error also where the target answers 200', async () => {
    const body = { path: ['start'], trace: [{ nodeId: 'start', exception: { code: 7 } }] }
    const trace = await debug.run(
      input,
      testContext(() => body),
    )
    expect([trace.status, trace.visits[0]?.exception]).to.deep.equal(['Error', '{"code": 7}'])
  })

  it('takes empty input for none', async () => {
    const trace = [null, '', {}, { dtmf: '', speech: null }].map((empty, index) => ({ nodeId: `n${index}`, input: empty }))
    const { visits } = await debug.run(
      input,
      testContext(() => ({ path: trace.map((entry) => entry.nodeId), trace })),
    )
    expect(visits.some((visit) => visit.input !== undefined)).to.equal(false)
  })

  describe('when the answer contradicts itself', () => {
    it('reports a path and a trace that disagree', async () => {
      const prefix = 'PROTOCOL_ERROR: the answer of POST /api/v2/flows/debug contradicts itself: '
      expect(await problemOf({ ...answer, path: ['start', 'menu', 'error', 'exit'] })).to.equal(
        `${prefix}its path and its trace disagree at visit 3: "error" in the path, "route" in the trace`,
      )
      expect(await problemOf({ ...answer, path: ['start', 'menu', 'route'] })).to.equal(
        `${prefix}its path and its trace disagree at visit 4: absent in the path, "exit" in the trace`,
      )
    })

    it('reports an exit node that is not the last', async () => {
      expect(await problemOf({ ...answer, exitNode: 'menu' })).to.include('its exitNode is "menu", but the last node of its path is "exit"')
    })

    it('reports a call without a visit', async () => {
      expect(await problemOf({ path: [] })).to.include('the call visited no node at all')
    })
  })

  describe('as judged', () => {
    const codesOf = async (expected: JsonObject, context = testContext(() => answer)): Promise<readonly string[]> =>
      (await perform({ input, expect: expected }, context)).findings.map((finding) => finding.code)

    it('meets everything that can be expected of it', async () => {
      const expected = {
        path: ['start', 'menu', '...', 'exit'],
        visits: { menu: 1 },
        avoids: ['error'],
        exitNode: 'exit',
        routedTo: 'queue_sales',
        status: 'Completed',
        variables: { selected_option: '1' },
        variablesAt: { menu: { selected_option: '1' } },
        duration: { max: '500ms' },
        loops: 'none',
      }
      expect(Object.keys(expected)).to.deep.equal(Object.keys(debug.expectations))
      expect(await codesOf(expected)).to.deep.equal([])
    })

    it('tells all that is unmet at once', async () => {
      expect(await codesOf({ exitNode: 'x', routedTo: 'x', duration: '1ms', visits: { menu: 9 } })).to.deep.equal([
        'EXIT_NODE_DIFFERS',
        'ROUTED_ELSEWHERE',
        'DURATION_TOO_LONG',
        'VISIT_COUNT_DIFFERS',
      ])
    })

    it('must not break unless the author says so', async () => {
      const broken = () => brokenTarget({ trace: [{ nodeId: 'start' }, { nodeId: 'menu', status: 'Error', exception: 'no prompt' }] })
      const { findings } = await perform({ input, expect: {} }, broken())
      expect(findings[0]).to.deep.include({ code: 'CALL_BROKE', message: 'the flow broke at "menu" (visit 2): no prompt' })
      expect(await codesOf({ status: 'Error' }, broken())).to.deep.equal([])
      expect(await codesOf({ status: 'Completed' }, broken())).to.deep.equal(['STATUS_DIFFERS'])
    })

    it('judges loops without being asked to', async () => {
      const path = ['start', 'menu', 'menu', 'menu', 'menu', 'exit']
      expect(
        await codesOf(
          {},
          testContext(() => ({ path })),
        ),
      ).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
      expect(
        await codesOf(
          { loops: { menu: 4 } },
          testContext(() => ({ path })),
        ),
      ).to.deep.equal([])
    })

    it('yields its fields to later steps', async () => {
      const { outputs, observation } = await perform(
        { input, expect: {} },
        testContext(() => answer),
      )
      expect(outputs).to.deep.equal({
        flowId: 'main-menu',
        status: 'Completed',
        exitNode: 'exit',
        path: ['start', 'menu', 'route', 'exit'],
        variables: { selected_option: '1' },
        routedTo: 'queue_sales',
        routes: ['queue_sales'],
        durationMs: 42,
      })
      expect(JSON.parse(JSON.stringify(observation))).to.deep.equal(observation)
    })
  })
})
