import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import type { RunEvent } from '../../../src/model/event.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import { everyField } from '../../support/evidence.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { renderFile } from '../support/render.ts'
import { errored, failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'
const schema = JSON.parse(readFileSync('schemas/results.schema.json', 'utf8'))
const isResults = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(schema)

/** The results of these events, proven by the published schema. */
async function results(events: readonly RunEvent[]): Promise<JsonObject> {
  const value = JSON.parse(await renderFile('json', events))
  isResults(value)
  expect(isResults.errors ?? []).to.deep.equal([])
  return value
}

/** Every scenario, by its name. */
async function scenariosOf(events: readonly RunEvent[]): Promise<Map<string, JsonObject>> {
  const { suites } = (await results(events)) as unknown as { suites: { scenarios: (JsonObject & { name: string })[] }[] }
  return new Map(suites.flatMap((suite) => suite.scenarios).map((scenario) => [scenario.name, scenario]))
}

describe('json', () => {
  it('holds the run, its target and its totals', async () => {
    const { formatVersion, tool, run, target, totals } = await results(sampleRun)
    expect({ formatVersion, tool, run, target }).to.deep.equal({
      formatVersion: 1,
      tool: { name: 'cxspec', version: '1.2.3' },
      run: {
        id: '5b7c1d3e-0f2a-4c6b-8d9e-1a2b3c4d5e6f',
        startedAt: '2026-01-02T03:04:05.678Z',
        hostname: 'runner-1',
        seed: 42,
        durationMs: 1_240,
        complete: true,
        exitCode: 2,
      },
      target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
    })
    expect(totals).to.include({ scenarios: 7, passed: 2, flaky: 1, failed: 1, errored: 3, skipped: 1, filesRefused: 1, requestsAgain: 1 })
  })

  it('holds every try, and every attempt of a request with its reason and wait', async () => {
    const flaky = (await scenariosOf(sampleRun)).get('a wrong PIN is asked for again')
    expect(flaky).to.include({ flaky: true })
    expect(flaky?.['tries']).to.have.length(2)
    expect(JSON.stringify(flaky)).to.contain('"retries":[{"attempt":1,"reason":"429 Too Many Requests","delayMs":1000}]')
  })

  it('holds findings with their places, and the faults of files that cannot be used', async () => {
    const text = JSON.stringify(await results(sampleRun))
    expect(text).to.contain('"code":"PATH_DIFFERS"').and.to.contain('"line":15,"column":39').and.to.contain('"code":"UNKNOWN_KEY"')
  })

  it('is valid for every kind of end', async () => {
    const ends: Record<string, Outcome> = {
      passed,
      failed: failed({ code: 'X', message: 'x', expected: null, actual: [1], at: ['path', 0], inconclusive: false }),
      errored: errored({ code: 'TIMEOUT', message: 'x', blocks: 'target' }),
      blocked: errored({ code: 'FORBIDDEN', message: 'x', blocks: { api: 'flow-debug' } }),
      inconclusive: { status: 'inconclusive', findings: [{ code: 'X', message: 'x', inconclusive: true }] },
      skipped: { status: 'skipped', reason: 'later' },
      stopped: { status: 'not-run', cause: 'stopped', reason: 'bail' },
      interrupted: { status: 'not-run', cause: 'interrupted', reason: 'SIGINT' },
    }
    const turns = Object.entries(ends).flatMap(([name, outcome], index) => turn(`${file}#${name}`, { outcome, atMs: index }))
    const scenarios = await scenariosOf([runStarted, planned(file, 'Menu', Object.keys(ends)), ...turns, runFinished(1, 99)])
    for (const [name, { status }] of Object.entries(ends)) {
      expect(scenarios.get(name)?.['outcome']).to.include({ status })
    }
  })

  it('is made from the events of a run that was killed at any point, or of none', async () => {
    for (let length = 0; length <= sampleRun.length; length += 1) {
      const { run } = await results(sampleRun.slice(0, length))
      expect((run as JsonObject)['complete']).to.equal(length === sampleRun.length)
    }
  })

  it('holds jobs, failed requests and teardowns that did not work', async () => {
    const at = { scenario: `${file}#one`, try: 1, step: 0 }
    const problem = { code: 'UNKNOWN_OUTCOME', message: 'nobody knows' } as const
    const value = await results([
      planned(file, 'Menu', ['one']),
      { type: 'request-intended', atMs: 1, ...at, request: 0, api: 'flow-compile', method: 'POST', path: '/x', startsJob: true },
      { type: 'job-changed', atMs: 2, ...at, job: 'compile', id: 'j-1', status: 'COMPLETED', ended: true },
      { type: 'job-noted', atMs: 2, ...at, job: 'simulation', phase: 'dispatched', tag: 't-1' },
      { type: 'job-noted', atMs: 3, ...at, job: 'simulation', phase: 'left', tag: 't-1', error: 'nobody can stop it' },
      { type: 'request-failed', atMs: 3, ...at, request: 0, attempts: 0, problem },
      { type: 'teardown-failed', atMs: 4, scenario: `${file}#one`, step: 1, problem, findings: [{ code: 'X', message: 'x' }] },
      { type: 'scenario-finished', atMs: 5, scenario: `${file}#one`, tries: 1, durationMs: 4, outcome: errored(problem) },
      runFinished(3, 6, { interruption: 'too slow' }),
    ])
    expect(JSON.stringify(value)).to.contain('"jobs":[{"job":"compile","id":"j-1","status":"COMPLETED","ended":true}]')
    expect(JSON.stringify(value)).to.contain('"jobsLeft":[{"job":"simulation","tag":"t-1","error":"nobody can stop it"}]')
    expect(value['teardownsFailed']).to.have.length(1)
  })

  it('gives back every text as it was', async () => {
    const names = naughtyStrings.map((text, index) => `${text}#${index}`)
    const turns = naughtyStrings.flatMap((text, index) =>
      turn(`${file}#${names[index]}`, { outcome: failed({ code: text, message: text, details: [text] }), atMs: index }),
    )
    const scenarios = await scenariosOf([runStarted, planned(file, naughtyStrings[3] ?? '', names), ...turns, runFinished(1, 9)])
    expect([...scenarios.keys()]).to.deep.equal(names)
  })

  it('holds what an expectation about many calls rests on', async () => {
    const id = `${file}#one`
    const scenarios = await scenariosOf([
      planned(file, 'Menu', ['one']),
      { type: 'step-finished', atMs: 1, scenario: id, try: 1, step: 0, kind: 'simulate', durationMs: 1, evidence: [everyField] },
      { type: 'scenario-finished', atMs: 2, scenario: id, tries: 1, durationMs: 1, outcome: passed },
    ])
    expect(scenarios.get('one')).to.have.nested.property('tries[0].steps[0].evidence[0]').that.deep.equals(everyField)
  })

  it('cuts what was observed where it is large', async () => {
    const visits = Array.from({ length: 100_000 }, (_, index) => ({ node: `node_${index}`, variables: { index } }))
    const observation = { flowId: 'menu', visits }
    const id = `${file}#one`
    const text = await renderFile('json', [
      planned(file, 'Menu', ['one']),
      { type: 'step-finished', atMs: 1, scenario: id, try: 1, step: 0, kind: 'debug', durationMs: 1, observation },
      { type: 'scenario-finished', atMs: 2, scenario: id, tries: 1, durationMs: 1, outcome: passed },
    ])
    expect(text).to.contain('"… 99900 more"').and.to.have.length.below(10_000)
  })
})

describe('results.schema.json', () => {
  it('describes every field', () => {
    const undescribed: string[] = []
    visit(schema, '#', undescribed)
    expect(undescribed).to.deep.equal([])
  })

  it('refuses a field that it does not know', async () => {
    const value = { ...(await results(sampleRun)), more: 1 }
    expect(isResults(value)).to.equal(false)
  })
})

/** Collects the properties that have no description, neither their own nor that of what they refer to. */
function visit(part: unknown, path: string, undescribed: string[]): void {
  if (typeof part !== 'object' || part === null) return
  if ('properties' in part) {
    for (const [name, property] of Object.entries(part.properties as object)) {
      if (!('description' in property || '$ref' in property)) undescribed.push(`${path}/${name}`)
    }
  }
  for (const [name, inner] of Object.entries(part)) visit(inner, `${path}/${name}`, undescribed)
}
