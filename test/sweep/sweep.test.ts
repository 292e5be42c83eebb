import { expect } from 'chai'
import type { ApiAnswer, ApiRequest, Send } from '../../src/api/send.ts'
import type { Json } from '../../src/model/json.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import type { LeftJob } from '../../src/sweep/left-jobs.ts'
import { type SweepResult, sweep } from '../../src/sweep/sweep.ts'

const tag = 'cxspec/run-1/calls/0/1'
const simulation: LeftJob = { kind: 'simulation', scenario: 'a#calls', tag }
const compile: LeftJob = { kind: 'compile', scenario: 'a#compiles', id: 'c-1', subject: 'menu' }
const execution: LeftJob = { kind: 'execution', scenario: 'a#executes', id: 'e-1', subject: 'lookup', correlationId: 'x-1' }

/** What the target answers: a body, a status without one, or a problem. */
type Answers = Readonly<Record<string, Json | number | Problem>>

function target(answers: Answers): { readonly send: Send; readonly sent: string[] } {
  const sent: string[] = []
  const send: Send = async (request: ApiRequest): Promise<ApiAnswer> => {
    const key = `${request.method} ${request.path}${request.query ? `?tag=${request.query['tag']}` : ''}`
    sent.push(key)
    const answer = answers[key]
    if (answer === undefined) throw new Error(`nobody expected ${key}`)
    if (isProblem(answer)) throw new ProblemError(answer)
    const status = typeof answer === 'number' ? answer : 200
    const given: ApiAnswer = { status, headers: {}, body: typeof answer === 'number' ? undefined : answer, latencyMs: 1, attempts: 1 }
    if (status >= 300 && !request.accepts?.(given)) throw new ProblemError(notFound)
    return given
  }
  return { send, sent }
}

function isProblem(answer: Json | number | Problem): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer
}

const notFound: Problem = { code: 'NOT_FOUND', message: 'there is no such job' }

function running(state = 'running'): Json {
  return { id: 's-1', state, callsAttempted: 1, callsCompleted: 0, complianceBypassed: true }
}

async function swept(answers: Answers, jobs: readonly LeftJob[], isDryRun = false) {
  const { send, sent } = target(answers)
  const results: SweepResult[] = []
  for await (const result of sweep(send, jobs, { isDryRun, now: () => new Date(0) })) results.push(result)
  return { sent, results, states: results.map(({ state }) => state) }
}

const ONE = '/api/v2/dialer/simulations/s-1'
const FIND = `/api/v2/dialer/simulations?tag=${tag}`

describe('sweep', () => {
  it('stops a simulation that still runs', async () => {
    const { states, sent } = await swept({ [`GET ${ONE}`]: running(), [`DELETE ${ONE}`]: 204 }, [{ ...simulation, id: 's-1' }])
    expect(states).to.deep.equal(['stopped'])
    expect(sent).to.deep.equal([`GET ${ONE}`, `DELETE ${ONE}`])
  })

  it('leaves a simulation alone that has ended, or that the target does not know', async () => {
    for (const answer of [running('completed'), running('failed'), 404]) {
      const { states, sent } = await swept({ [`GET ${ONE}`]: answer }, [{ ...simulation, id: 's-1' }])
      expect(states).to.deep.equal(['over'])
      expect(sent).to.have.length(1)
    }
  })

  it('lists a simulation that the target does not stop', async () => {
    const { results } = await swept({ [`GET ${ONE}`]: running(), [`DELETE ${ONE}`]: 405 }, [{ ...simulation, id: 's-1' }])
    expect(results[0]).to.include({ state: 'running', message: 'it is running, and the target does not stop simulations' })
  })

  it('looks a simulation up by its tag where its id is not known, and stops what carries exactly that', async () => {
    const entities = [
      { id: 's-1', state: 'running', tag },
      { id: 's-2', state: 'running', tag: `${tag}0` },
    ]
    const { results, sent } = await swept({ [`GET ${FIND}`]: { entities }, [`GET ${ONE}`]: running(), [`DELETE ${ONE}`]: 204 }, [
      simulation,
    ])
    expect(results.map(({ job, state }) => [job.id, state])).to.deep.equal([['s-1', 'stopped']])
    expect(sent.some((request) => request.includes('s-2'))).to.equal(false)
  })

  it('knows that a simulation was never started where nothing carries its tag', async () => {
    const { results } = await swept({ [`GET ${FIND}`]: { entities: [] } }, [simulation])
    expect(results[0]).to.include({ state: 'over', message: 'it was never started' })
  })

  it('cannot tell where the target has no way to look simulations up', async () => {
    const { results } = await swept({ [`GET ${FIND}`]: 404 }, [simulation])
    expect(results[0]?.state).to.equal('unknown')
    expect(results[0]?.message).to.include(tag)
  })

  it('changes nothing in a dry run', async () => {
    const { results, sent } = await swept({ [`GET ${ONE}`]: running() }, [{ ...simulation, id: 's-1' }], true)
    expect(results[0]).to.include({ state: 'running', message: 'it is running, and would be stopped' })
    expect(sent).to.deep.equal([`GET ${ONE}`])
  })

  it('lists compilations and executions that still run, since the API cannot stop them', async () => {
    const { results } = await swept(
      {
        'GET /api/v2/flows/menu/compile/c-1': { flowId: 'menu', status: 'IN_PROGRESS' },
        'GET /api/v2/dx/actions/lookup/executions/e-1': { status: 'RUNNING' },
      },
      [compile, execution],
    )
    expect(results.map(({ state, message }) => `${state}: ${message}`)).to.deep.equal([
      'running: it is IN_PROGRESS, and the API cannot stop compilations',
      'running: it is RUNNING, and the API cannot stop executions',
    ])
  })

  it('forgets compilations and executions that have ended or are not known any more', async () => {
    const compilation = { flowId: 'menu', status: 'FAILED' }
    const { states } = await swept(
      { 'GET /api/v2/flows/menu/compile/c-1': compilation, 'GET /api/v2/dx/actions/lookup/executions/e-1': 404 },
      [compile, execution],
    )
    expect(states).to.deep.equal(['over', 'over'])
  })

  it('lists those of which nobody knows whether they were started', async () => {
    const { results } = await swept({}, [{ kind: 'compile', scenario: 'a#compiles', subject: 'menu' }])
    expect(results[0]).to.include({
      state: 'unknown',
      message: 'it may have been started, and the API has no way to look compilations up',
    })
  })

  it('goes on with the others where one cannot be looked after', async () => {
    const broken: Problem = { code: 'SERVER_ERROR', message: 'it answered 500' }
    const { results } = await swept({ 'GET /api/v2/flows/menu/compile/c-1': broken, [`GET ${ONE}`]: running(), [`DELETE ${ONE}`]: 204 }, [
      compile,
      { ...simulation, id: 's-1' },
    ])
    expect(results.map(({ state, message }) => `${state}: ${message}`)).to.deep.equal([
      'failed: it answered 500',
      'stopped: it was running, and is stopped',
    ])
  })

  it('asks no more once nothing at the target can work', async () => {
    const refused: Problem = { code: 'AUTHENTICATION_FAILED', message: 'the client was refused', blocks: 'target' }
    const { states, sent } = await swept({ 'GET /api/v2/flows/menu/compile/c-1': refused }, [compile, execution])
    expect(states).to.deep.equal(['failed', 'failed'])
    expect(sent).to.have.length(1)
  })
})
