import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../../src/model/event.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { elementsOf, parseXml, type XmlElement } from '../support/parse-xml.ts'
import { renderFile } from '../support/render.ts'
import { errored, failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

async function junit(events: readonly RunEvent[]): Promise<XmlElement> {
  return parseXml(await renderFile('junit', events))
}

/** The only case of a run with one scenario that ended so. */
async function caseOf(outcome: Outcome, tries = 1): Promise<XmlElement> {
  const events = [runStarted, planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome, atMs: 5, tries }), runFinished(1, 99)]
  const [found] = elementsOf(await junit(events), 'testcase')
  if (!found) throw new Error('no test case')
  return found
}

/** What a case or suite holds beside properties and output. */
function results({ children }: XmlElement): readonly XmlElement[] {
  return children.filter(({ name }) => name !== 'properties' && name !== 'system-out')
}

/** Whether a reader of JUnit would call it green. */
function isGreen(root: XmlElement): boolean {
  return elementsOf(root, 'failure').length + elementsOf(root, 'error').length === 0
}

/** Expects that the counts of every level are what is there. */
function expectCounts(root: XmlElement): void {
  for (const group of [root, ...elementsOf(root, 'testsuite')]) {
    expect(Number(group.attributes['tests']), 'tests').to.equal(elementsOf(group, 'testcase').length)
    expect(Number(group.attributes['failures']), 'failures').to.equal(elementsOf(group, 'failure').length)
    expect(Number(group.attributes['errors']), 'errors').to.equal(elementsOf(group, 'error').length)
    if (group !== root) expect(Number(group.attributes['skipped']), 'skipped').to.equal(elementsOf(group, 'skipped').length)
  }
}

describe('junit', () => {
  it('writes the form that readers share', async () => {
    const root = await junit(sampleRun)
    expect(root).to.deep.include({
      name: 'testsuites',
      attributes: { name: 'cxspec', tests: '8', failures: '1', errors: '4', time: '0.084' },
    })
    expect(root.children.map((suite) => suite.attributes['name'])).to.deep.equal([
      'scenarios.hours',
      'scenarios.main-menu',
      'scenarios.pin',
      'scenarios.release',
    ])
    expect(root.children[1]?.attributes).to.deep.equal({
      name: 'scenarios.main-menu',
      tests: '2',
      failures: '1',
      errors: '0',
      skipped: '0',
      time: '0.039',
      timestamp: '2026-01-02T03:04:05',
      hostname: 'runner-1',
    })
    expect(results(root.children[1] as XmlElement)[0]).to.deep.include({
      name: 'testcase',
      attributes: {
        classname: 'scenarios.main-menu',
        name: 'key 1 reaches the sales queue',
        time: '0.018',
        file: 'scenarios/main-menu.cxspec.yaml',
        line: '3',
      },
    })
    expectCounts(root)
  })

  it('tells the whole story in the text of a failure, and its first line in the message', async () => {
    const failure = elementsOf(await junit(sampleRun), 'failure')[0]
    expect(failure?.attributes).to.deep.equal({
      message: 'expected node_route_support after node_menu_1, got node_route_sales (and 1 more finding)',
      type: 'PATH_DIFFERS',
    })
    for (const part of [
      'scenarios/main-menu.cxspec.yaml:15:39',
      '≠ node_route_support  node_route_sales',
      '"queue_sales"',
      'compare the branch',
      'c-6',
    ]) {
      expect(failure?.text).to.contain(part)
    }
  })

  it('reports what could not be judged as an error, with advice and the correlation id', async () => {
    const problem = { code: 'TIMEOUT', message: 'too slow', advice: 'try later', details: { correlationId: 'c-77' } } as const
    const [error] = results(await caseOf(errored(problem)))
    expect(error).to.deep.include({ name: 'error', attributes: { message: 'too slow', type: 'TIMEOUT' } })
    expect(error?.text).to.contain('→ try later').and.to.contain('c-77')
  })

  it('reports a file that cannot be used as an error with every fault', async () => {
    const [error] = elementsOf((await junit(sampleRun)).children[0] as XmlElement, 'error')
    expect(error?.attributes).to.deep.equal({ message: '"exitNod" is not a field of expect', type: 'UNKNOWN_KEY' })
    expect(error?.text).to.contain('scenarios/hours.cxspec.yaml:7:7').and.to.contain('did you mean "exitNode"?')
  })

  it('marks a scenario that passed on a later try with the earlier ones, and counts it as passed', async () => {
    const [flaky] = elementsOf(await junit(sampleRun), 'flakyFailure')
    expect(flaky?.attributes).to.deep.equal({
      message: 'expected the call to end at node_exit, it ended at node_error',
      type: 'EXIT_NODE_DIFFERS',
    })
    expect(flaky?.children[0]).to.deep.include({ name: 'stackTrace' })
    expect(flaky?.children[0]?.text).to.contain('actual:   "node_error"')
  })

  it('lists the earlier tries of a failure', async () => {
    const finding = { code: 'X', message: 'not so' }
    const id = `${file}#one`
    const root = await junit([
      planned(file, 'Menu', ['one']),
      { type: 'try-finished', atMs: 5, scenario: id, try: 1, durationMs: 3, outcome: errored({ code: 'TIMEOUT', message: 'too slow' }) },
      ...turn(id, { outcome: failed(finding), atMs: 6, tries: 2 }),
      runFinished(1, 9),
    ])
    const [testCase] = elementsOf(root, 'testcase')
    expect(results(testCase as XmlElement).map(({ name, attributes }) => [name, attributes['message']])).to.deep.equal([
      ['failure', 'not so'],
      ['rerunFailure', 'too slow'],
    ])
    expectCounts(root)
  })

  for (const [what, outcome, element, message] of [
    ['skipped', { status: 'skipped', reason: 'waits for a queue' }, 'skipped', 'waits for a queue'],
    ['inconclusive', { status: 'inconclusive', findings: [{ code: 'FEW', message: 'only 3 calls' }] }, 'skipped', 'only 3 calls'],
    ['stopped by --bail', { status: 'not-run', cause: 'stopped', reason: 'a scenario failed' }, 'skipped', 'a scenario failed'],
    ['interrupted', { status: 'not-run', cause: 'interrupted', reason: 'SIGINT' }, 'error', 'SIGINT'],
  ] as const) {
    it(`reports a scenario that was ${what} as <${element}> with its reason`, async () => {
      const [result] = results(await caseOf(outcome))
      expect(result).to.deep.include({ name: element })
      expect(result?.attributes['message']).to.equal(message)
    })
  }

  it('adds a case for a teardown that did not work and leaves the verdict of its scenario', async () => {
    const root = await junit([
      planned(file, 'Menu', ['one']),
      {
        type: 'teardown-failed',
        atMs: 30,
        scenario: `${file}#one`,
        step: 1,
        problem: { code: 'TIMEOUT', message: 'the reset took too long' },
      },
      ...turn(`${file}#one`, { outcome: passed, atMs: 5 }),
      runFinished(3, 40),
    ])
    const cases = elementsOf(root, 'testcase')
    expect(cases.map((each) => [each.attributes['name'], results(each)[0]?.name])).to.deep.equal([
      ['one', undefined],
      ['one (teardown)', 'error'],
    ])
    expectCounts(root)
  })

  it('is made from the events of a run that was killed, and is red', async () => {
    const root = await junit([runStarted, planned(file, 'Menu', ['one', 'two']), ...turn(`${file}#one`, { outcome: passed, atMs: 5 })])
    expect(elementsOf(root, 'error').map((error) => error.attributes['message'])).to.deep.equal([
      'the run ended before this scenario started',
    ])
  })

  it('is red where a run was killed after its last scenario', async () => {
    const root = await junit([runStarted, planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome: passed, atMs: 5 })])
    expect(elementsOf(root, 'error').map((error) => error.attributes['type'])).to.deep.equal(['RUN_UNFINISHED'])
  })

  it('is red where not even the first event is there', async () => {
    expect(isGreen(await junit([]))).to.equal(false)
  })

  for (const [what, events, exitCode, element, type] of [
    ['nothing was selected', [], 4, 'error', 'NOTHING_SELECTED'],
    ['nothing was selected, and that is all right', [], 0, 'skipped', 'NOTHING_SELECTED'],
    ['everything was skipped', [...skippedRun()], 4, 'error', 'ALL_SKIPPED'],
  ] as const) {
    it(`says that ${what}`, async () => {
      const root = await junit([runStarted, ...events, runFinished(exitCode, 9)])
      const verdict = elementsOf(root, 'testcase').at(-1)
      expect(verdict?.attributes).to.include({ classname: 'cxspec', name: 'the run came to a verdict' })
      expect(verdict?.children[0]).to.deep.include({ name: element })
      expect(verdict?.children[0]?.attributes['message']).to.contain('nothing was tested')
      if (element === 'error') expect(verdict?.children[0]?.attributes['type']).to.equal(type)
      expectCounts(root)
    })
  }

  it('is green where everything was skipped and that is all right', async () => {
    expect(isGreen(await junit([runStarted, ...skippedRun(), runFinished(0, 9)]))).to.equal(true)
  })

  it('is green exactly where the exit code is 0', async () => {
    const ends: readonly Outcome[] = [
      passed,
      failed({ code: 'X', message: 'x' }),
      errored({ code: 'TIMEOUT', message: 'x' }),
      { status: 'skipped', reason: '' },
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...ends), { maxLength: 3 }),
        fc.constantFrom(1, 2, 3, 4, 70, 130),
        async (outcomes, otherwise) => {
          const isBad = outcomes.some(({ status }) => status === 'failed' || status === 'errored')
          const events = [
            planned(
              file,
              'Menu',
              outcomes.map((_, index) => `${index}`),
            ),
            ...outcomes.flatMap((outcome, index) => turn(`${file}#${index}`, { outcome, atMs: index })),
          ]
          expect(isGreen(await junit([runStarted, ...events, runFinished(otherwise, 99)]))).to.equal(false)
          expect(isGreen(await junit([runStarted, ...events, runFinished(isBad ? otherwise : 0, 99)]))).to.equal(!isBad)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('names files from the root of the repository', async () => {
    const xml = await renderFile('junit', sampleRun, {}, { pathFromRepository: 'tests/ivr' })
    const [testCase] = elementsOf(parseXml(xml), 'testcase')
    expect(testCase?.attributes).to.include({ file: 'tests/ivr/scenarios/hours.cxspec.yaml', classname: 'tests.ivr.scenarios.hours' })
  })

  it('takes the name of the whole from its option', async () => {
    expect(parseXml(await renderFile('junit', sampleRun, { name: 'nightly "<1>"' })).attributes['name']).to.equal('nightly "<1>"')
  })

  it('writes times with at most three decimals', async () => {
    const events = [
      planned(file, 'Menu', ['one']),
      ...turn(`${file}#one`, { outcome: passed, atMs: 5, durationMs: 1_234.567_89 }),
      runFinished(0, 99),
    ]
    expect(elementsOf(await junit(events), 'testcase')[0]?.attributes['time']).to.equal('1.235')
  })

  it('stays well-formed, readable and rightly counted whatever names and messages hold', async () => {
    const names = naughtyStrings.map((text, index) => `${text}#${index}`)
    const events = names.flatMap((name, index) => {
      const text = naughtyStrings[index] ?? ''
      const finding = {
        code: text,
        message: text,
        expected: text,
        actual: { [text]: text },
        details: [text],
        advice: text,
        place: { file: text, line: 1, column: 1, source: text },
      }
      const outcome =
        index % 2 === 0 ? failed(finding) : errored({ code: 'TIMEOUT', message: text, advice: text, details: { excerpt: text } })
      return turn(`${file}#${name}`, { outcome, atMs: index })
    })
    const refused: RunEvent = {
      type: 'file-refused',
      atMs: 0,
      file: naughtyStrings.join('/'),
      faults: naughtyStrings.map((text) => ({ code: text, message: text })),
    }
    const root = await junit([runStarted, planned(file, naughtyStrings.join(' '), names), refused, ...events, runFinished(1, 99)])
    const cases = elementsOf(root, 'testcase')
    expect(cases).to.have.length(names.length + 1)
    expect(new Set(cases.map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`)).size).to.equal(cases.length)
    expectCounts(root)
    for (const { attributes, ...rest } of cases) {
      const children = results({ attributes, ...rest })
      expect(attributes['name']?.length).to.be.within(1, 512)
      expect(children[0]?.attributes['message']?.length ?? 0).to.be.at.most(1_000)
      expect(Buffer.byteLength(children[0]?.text ?? '')).to.be.at.most(65_536)
    }
  })

  it('tells what the run has in common, and what each scenario touched', async () => {
    const visits = [{ index: 0, node: 'start' }]
    const observation = { flowId: 'menu', flowVersion: '7', status: 'Completed', variables: {}, visits }
    const plan = planned(file, 'Menu', ['one'])
    const tagged = { ...plan, scenarios: plan.scenarios.map((scenario) => ({ ...scenario, tags: ['smoke', 'ivr'] })) }
    const [started, request, answered, , finished] = turn(`${file}#one`, { outcome: passed, atMs: 5 })
    const step: RunEvent = {
      type: 'step-finished',
      atMs: 8,
      scenario: `${file}#one`,
      try: 1,
      step: 0,
      kind: 'debug',
      durationMs: 3,
      observation,
    }
    const root = await junit([
      runStarted,
      tagged,
      ...[started, request, answered, step, finished].filter((event) => event !== undefined),
      runFinished(0, 9),
    ])
    const [ofSuite, ofCase] = elementsOf(root, 'properties').map(({ children }) => children.map(({ attributes }) => attributes))
    expect(ofSuite).to.deep.equal([
      { name: 'target', value: 'emulator' },
      { name: 'target.baseUrl', value: 'http://emulator.internal' },
      { name: 'seed', value: '42' },
      { name: 'run', value: '5b7c1d3e-0f2a-4c6b-8d9e-1a2b3c4d5e6f' },
      { name: 'cxspec', value: '1.2.3' },
    ])
    expect(ofCase).to.deep.equal([
      { name: 'tags', value: 'smoke, ivr' },
      { name: 'flow', value: 'menu version 7' },
      { name: 'correlationId', value: 'c-5' },
    ])
  })
})

function skippedRun(): RunEvent[] {
  return [planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome: { status: 'skipped', reason: 'later' }, atMs: 1, tries: 0 })]
}
