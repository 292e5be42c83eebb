import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../../src/model/event.ts'
import { FaultError } from '../../../src/model/fault.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { createReporters } from '../../../src/report/create-reporters.ts'
import { dialectOf } from '../../../src/report/junit/dialect.ts'
import { junitParts } from '../../../src/report/junit/junit-parts.ts'
import type { JunitCase, JunitSuite } from '../../../src/report/junit/junit-report.ts'
import { junitXml } from '../../../src/report/junit/junit-xml.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { elementsOf, parseXml, type XmlElement } from '../support/parse-xml.ts'
import { fakeEnvironment, renderFile, withFolder } from '../support/render.ts'
import { failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

async function write(folder: string, events: readonly RunEvent[], options: JsonObject = {}): Promise<void> {
  const target = join(folder, 'junit.xml')
  const reporter = await createReporters([{ name: 'junit', options: { ...options, file: target } }], fakeEnvironment(folder))
  for (const event of events) reporter.on(event)
  await reporter.close()
}

function manyCases(count: number): RunEvent[] {
  const names = Array.from({ length: count }, (_, index) => `s${index}`)
  return [
    runStarted,
    planned(file, 'Menu', names),
    ...names.flatMap((name) => turn(`${file}#${name}`, { outcome: passed, atMs: 5 })),
    runFinished(0, 9),
  ]
}

describe('junit in several files', () => {
  it('goes on in another file after 5,000 cases, each file with its own counts', () =>
    withFolder(async (folder) => {
      await write(folder, manyCases(5_001))
      const roots = ['junit.xml', 'junit.part2.xml'].map((name) => parseXml(readFileSync(join(folder, name), 'utf8')))
      expect(roots.map(({ attributes }) => attributes['tests'])).to.deep.equal(['5000', '1'])
      expect(roots.map((root) => elementsOf(root, 'testcase').length)).to.deep.equal([5_000, 1])
      expect(roots.map((root) => elementsOf(root, 'testsuite').map(({ attributes }) => attributes['name']))).to.deep.equal([
        ['scenarios.menu'],
        ['scenarios.menu'],
      ])
    }))

  it('removes parts of an earlier report, which a reader would count in', () =>
    withFolder(async (folder) => {
      await write(folder, manyCases(5_001))
      await write(folder, manyCases(1))
      expect(readdirSync(folder).filter((name) => name.endsWith('.xml'))).to.deep.equal(['junit.xml'])
    }))
})

describe('junitParts', () => {
  const anyText = fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom('<&>"'.repeat(60), '\r\n'.repeat(100)))
  const anyCase: fc.Arbitrary<JunitCase> = fc.record({
    name: anyText,
    classname: fc.constant('c'),
    durationMs: fc.nat(1_000),
    result: fc.record({ element: fc.constantFrom('failure', 'error', 'skipped'), message: anyText, type: fc.constant('T'), text: anyText }),
    properties: fc.array(fc.record({ name: fc.constant('flow'), value: anyText }), { maxLength: 3 }),
    earlier: fc.array(fc.record({ message: anyText, type: fc.constant('T'), text: anyText }), { maxLength: 2 }),
  })
  const anySuite: fc.Arbitrary<JunitSuite> = fc.record({
    name: fc.constant('s'),
    timestamp: fc.constant(undefined),
    hostname: fc.constant(undefined),
    properties: fc.constant([]),
    cases: fc.array(anyCase, { minLength: 1, maxLength: 8 }),
  })

  it('keeps every case, in order, in files within limits', () => {
    fc.assert(
      fc.property(fc.array(anySuite, { maxLength: 6 }), fc.integer({ min: 1, max: 10 }), (suites, cases) => {
        const limits = { cases, bytes: 30_000 }
        const parts = [...junitParts({ name: 'x', suites }, limits)]
        expect(parts.flatMap((part) => [...part.suites].flatMap((suite) => suite.cases))).to.deep.equal(
          suites.flatMap((suite) => suite.cases),
        )
        for (const part of parts) {
          expect(part.tests).to.be.at.most(cases)
          const xml = [...junitXml(part, dialectOf(undefined))].join('')
          if (part.tests > 1) expect(Buffer.byteLength(xml)).to.be.at.most(limits.bytes + 500)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('is one empty file where there is nothing', () => {
    expect([...junitParts({ name: 'x', suites: [] })]).to.have.length(1)
  })
})

describe('attachments of junit', () => {
  const finding = { code: 'X', message: 'wrong' }

  it('hold everything about each scenario that did not pass, where the case says so', () =>
    withFolder(async (folder) => {
      await write(folder, sampleRun)
      const root = parseXml(readFileSync(join(folder, 'junit.xml'), 'utf8'))
      const marks = elementsOf(root, 'testcase').map((each) => elementsOf(each, 'system-out')[0]?.text)
      expect(marks.filter((mark) => mark !== undefined)).to.have.length(5)
      for (const mark of marks.filter((each) => each !== undefined)) {
        const [, path = ''] = /^\[\[ATTACHMENT\|(.*)\]\]$/.exec(mark) ?? []
        expect(JSON.parse(readFileSync(path, 'utf8'))).to.have.property('tries')
      }
    }))

  it('are those of the last run only, and leave other files alone', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'junit-attachments'))
      writeFileSync(join(folder, 'junit-attachments/mine.json'), '{}')
      await write(folder, [
        runStarted,
        planned(file, 'M', ['a']),
        ...turn(`${file}#a`, { outcome: failed(finding), atMs: 5 }),
        runFinished(1, 9),
      ])
      expect(readdirSync(join(folder, 'junit-attachments'))).to.have.length(2)
      await write(folder, manyCases(1))
      expect(readdirSync(join(folder, 'junit-attachments'))).to.deep.equal(['mine.json'])
    }))

  it('have names that any file system takes, one for each scenario', () =>
    withFolder(async (folder) => {
      const names = naughtyStrings.map((text, index) => `${text.slice(0, 300)} ${index}`)
      const turns = names.flatMap((name) => turn(`${file}#${name}`, { outcome: failed(finding), atMs: 5 }))
      await write(folder, [runStarted, planned(file, 'M', names), ...turns, runFinished(1, 9)])
      const written = readdirSync(join(folder, 'junit-attachments'))
      expect(written).to.have.length(names.length)
      for (const name of written) expect(name).to.match(/^[\w.-]{1,98}$/)
    }))
})

/** What `junit-10.xsd` of the xUnit plugin allows; it refuses a file for anything else. */
const ALLOWED: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly required: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], required: [], children: ['testsuite'] },
  testsuite: {
    attributes: [
      'name',
      'tests',
      'failures',
      'errors',
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
    ],
    required: ['name', 'tests', 'failures', 'errors'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], required: [], children: ['property'] },
  property: { attributes: ['name', 'value'], required: ['name', 'value'], children: [] },
  testcase: {
    attributes: ['name', 'time', 'classname', 'group'],
    required: ['name'],
    children: ['skipped', 'error', 'failure', 'rerunFailure', 'rerunError', 'flakyFailure', 'flakyError', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], required: [], children: [] },
  error: { attributes: ['type', 'message'], required: [], children: [] },
  skipped: { attributes: ['type', 'message'], required: [], children: [] },
  flakyFailure: { attributes: ['type', 'message'], required: ['type'], children: ['stackTrace', 'system-out', 'system-err'] },
  rerunFailure: { attributes: ['type', 'message'], required: ['type'], children: ['stackTrace', 'system-out', 'system-err'] },
  stackTrace: { attributes: [], required: [], children: [] },
  'system-out': { attributes: [], required: [], children: [] },
}

function refusals({ name, attributes, children }: XmlElement): string[] {
  const rule = ALLOWED[name]
  if (!rule) return [`<${name}>`]
  return [
    ...Object.keys(attributes)
      .filter((each) => !rule.attributes.includes(each))
      .map((each) => `${name}@${each}`),
    ...rule.required.filter((each) => attributes[each] === undefined).map((each) => `${name} without ${each}`),
    ...('time' in attributes && !/^\d+(\.\d{1,3})?$/.test(attributes['time'] ?? '') ? [`${name}@time ${attributes['time']}`] : []),
    ...children.filter((child) => !rule.children.includes(child.name)).map((child) => `${name}/${child.name}`),
    ...children.flatMap(refusals),
  ]
}

describe('the dialect jenkins-xunit', () => {
  it('holds nothing that the xUnit plugin refuses', async () => {
    expect(refusals(parseXml(await renderFile('junit', sampleRun, { dialect: 'jenkins-xunit' })))).to.deep.equal([])
  })

  it('holds nothing that it refuses for naughty names and messages either', async () => {
    const names = naughtyStrings.map((text) => text.slice(0, 2_000))
    const turns = names.flatMap((name) =>
      turn(`${file}#${name}`, { outcome: failed({ code: name, message: name, details: [name] }), atMs: 5, tries: 1 }),
    )
    const again: RunEvent = {
      type: 'try-finished',
      atMs: 4,
      scenario: `${file}#${names[20]}`,
      try: 0,
      durationMs: 1,
      outcome: failed({ code: '', message: '' }),
    }
    const events = [runStarted, planned(file, 'M', names), again, ...turns, runFinished(1, 9)]
    expect(refusals(parseXml(await renderFile('junit', events, { dialect: 'jenkins-xunit' })))).to.deep.equal([])
  })

  it('tells the properties of a case in its output', async () => {
    const root = parseXml(await renderFile('junit', sampleRun, { dialect: 'jenkins-xunit' }))
    expect(elementsOf(root, 'system-out')[0]?.text).to.match(/^correlationId: c-5$/m)
  })

  it('is the one that was asked for, or none', () => {
    expect(() => dialectOf('jenkins-xunti')).to.throw(FaultError, 'no dialect "jenkins-xunti"')
  })
})
