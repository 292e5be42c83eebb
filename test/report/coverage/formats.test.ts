import { readFileSync } from 'node:fs'
import { lcovParser } from '@friedemannsommer/lcov-parser'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { seenFromFile } from '../../../src/flow/coverage/edition.ts'
import { plain } from '../../../src/report/colours.ts'
import { cobertura } from '../../../src/report/coverage/cobertura.ts'
import type { Coverage } from '../../../src/report/coverage/coverage.ts'
import { coverageJson } from '../../../src/report/coverage/coverage-json.ts'
import { lcov } from '../../../src/report/coverage/lcov.ts'
import { showCoverage, showGate } from '../../../src/report/coverage/show-coverage.ts'
import { sourceFileOf } from '../../../src/report/coverage/source-file.ts'
import { soundFlow } from '../../flow/support.ts'
import { elementsOf, parseXml, type XmlElement } from '../support/parse-xml.ts'
import { runStarted } from '../support/run-script.ts'
import { apiTrace, collected, menu, NOT_MET, runOf, scenarioOf, seen } from './support.ts'

const coverage = collected(runOf(...scenarioOf('a', apiTrace(menu, '1')), ...scenarioOf('b', apiTrace(menu, '9'), NOT_MET)))
const nothing = collected([runStarted])
const naughty = soundFlow(
  `flowId: menu\nnodes:\n  - { id: "a<b>&\\"'\\r\\u0007\\ud800", type: Start, next: bye }\n  - { id: bye, type: Exit }\n`,
  'flows/a & <b>.flow.yaml',
)
const hostile = collected([runStarted, seen(naughty), ...scenarioOf('a', apiTrace(naughty, ''))])

describe('lcov', () => {
  const pathOf = ({ edition }: Coverage['flows'][number]): string => sourceFileOf(edition, 'reports/coverage/flows').path
  const parse = (of: Coverage) => lcovParser({ from: [...lcov(of, pathOf)].join('') })

  it('is what a parser of LCOV reads: files, functions for nodes, branches, lines', async () => {
    const [first, second] = await parse(coverage)
    expect([first?.path, second?.path]).to.deep.equal(['flows/menu.flow.yaml', 'flows/pin.flow.yaml'])
    expect(first?.functions).to.deep.include({ instrumented: 5, hit: 4 })
    expect(first?.branches).to.deep.include({ instrumented: 8, hit: 4 })
    expect(first?.lines.details.map(({ line, hit }) => [line, hit])).to.deep.equal([
      [5, 2],
      [6, 2],
      [10, 1],
      [11, 0],
      [12, 0],
      [13, 0],
      [14, 1],
      [15, 1],
      [16, 0],
      [17, 2],
    ])
    expect(first?.lines).to.deep.include({ instrumented: 10, hit: 6 })
  })

  it('tells a branch that was not taken from one whose node was not visited', () => {
    const text = [...lcov(coverage, pathOf)].join('')
    expect(text).to.include('BRDA:11,1,1,0\n')
    expect(text).to.include('BRDA:16,3,0,-\n')
  })

  it('keeps each entry on its line, whatever nodes are called', async () => {
    const [file] = await parse(hostile)
    expect(file?.functions.instrumented).to.equal(2)
    expect(await parse(nothing)).to.deep.equal([])
  })

  it('leaves out earlier editions, whose lines are no longer those of the file', async () => {
    const changed = soundFlow(menu.source.replace('"2": sales', '"2": bye'), menu.file)
    const later = { ...runStarted, runId: 'later', startedAt: '2026-02-01T00:00:00.000Z' } as typeof runStarted
    const both = collected([
      ...runOf(...scenarioOf('a', apiTrace(menu, '1'))),
      later,
      seen(changed),
      ...scenarioOf('a', apiTrace(changed, '2')),
    ])
    expect((await parse(both)).map(({ path }) => path)).to.deep.equal(['flows/menu.flow.yaml', 'flows/pin.flow.yaml'])
  })

  it('names a file of its own for a flow that only the target has', () => {
    const { file: _file, lines: _lines, ...told } = seenFromFile(menu)
    const remote = collected([runStarted, { type: 'flow-seen', atMs: 1, ...told }, ...scenarioOf('a', apiTrace(menu, '1'))])
    const [flow] = remote.flows
    const source = flow && sourceFileOf(flow.edition, 'reports/coverage/flows')
    expect(source?.path).to.equal('reports/coverage/flows/menu.flow.json')
    const lines = source?.text?.split('\n') ?? []
    for (const { node, line } of flow?.nodes ?? []) expect(lines.slice(line - 1, line + 1).join()).to.include(`"id": "${node}"`)
  })
})

/** What `coverage-04.dtd` says: children in their order, and attributes that have to be there. */
const DTD: Readonly<Record<string, { readonly children: RegExp; readonly attributes: readonly string[] }>> = {
  coverage: {
    children: /^(sources )?packages $/,
    attributes: [
      'line-rate',
      'branch-rate',
      'lines-covered',
      'lines-valid',
      'branches-covered',
      'branches-valid',
      'complexity',
      'version',
      'timestamp',
    ],
  },
  sources: { children: /^(source )*$/, attributes: [] },
  source: { children: /^$/, attributes: [] },
  packages: { children: /^(package )*$/, attributes: [] },
  package: { children: /^classes $/, attributes: ['name', 'line-rate', 'branch-rate', 'complexity'] },
  classes: { children: /^(class )*$/, attributes: [] },
  class: { children: /^methods lines $/, attributes: ['name', 'filename', 'line-rate', 'branch-rate', 'complexity'] },
  methods: { children: /^(method )*$/, attributes: [] },
  method: { children: /^lines $/, attributes: ['name', 'signature', 'line-rate', 'branch-rate', 'complexity'] },
  lines: { children: /^(line )*$/, attributes: [] },
  line: { children: /^(conditions )*$/, attributes: ['number', 'hits'] },
  conditions: { children: /^(condition )*$/, attributes: [] },
  condition: { children: /^$/, attributes: ['number', 'type', 'coverage'] },
}

const OPTIONAL: Readonly<Record<string, readonly string[]>> = { line: ['branch', 'condition-coverage'] }

function prove(element: XmlElement): void {
  const rule = DTD[element.name] ?? expect.fail(`there is no element ${element.name}`)
  expect(element.children.map(({ name }) => `${name} `).join(''), element.name).to.match(rule.children)
  expect(Object.keys(element.attributes), element.name).to.include.members([...rule.attributes])
  expect([...rule.attributes, ...(OPTIONAL[element.name] ?? [])], element.name).to.include.members(Object.keys(element.attributes))
  for (const child of element.children) prove(child)
}

describe('cobertura', () => {
  const facts = {
    pathOf: ({ edition }: Coverage['flows'][number]) => edition.file ?? '',
    root: '/home/runner/work & more',
    date: new Date('2026-01-02T03:04:05Z'),
    toolVersion: '1.2.3',
  }

  it('is as its DTD wants it', () => {
    for (const each of [coverage, nothing, hostile]) prove(parseXml(cobertura(each, facts)))
  })

  it('says which lines and branches are covered', () => {
    const root = parseXml(cobertura(coverage, facts))
    expect(root.attributes).to.deep.include({
      'branches-covered': '4',
      'branches-valid': '11',
      'branch-rate': '0.3636',
      timestamp: '1767323045000',
    })
    const [flow] = elementsOf(root, 'class')
    expect(flow?.attributes).to.deep.include({ name: 'menu', filename: 'flows/menu.flow.yaml', 'line-rate': '0.6', 'branch-rate': '0.5' })
    const lines = flow?.children.find(({ name }) => name === 'lines')?.children ?? []
    const noMatch = lines.find(({ attributes }) => attributes['number'] === '14')
    expect(noMatch?.attributes).to.deep.equal({ number: '14', hits: '1', branch: 'true', 'condition-coverage': '100% (1/1)' })
    expect(elementsOf(root, 'source')[0]?.text).to.equal('/home/runner/work & more')
  })

  it('never says that everything is covered where something is missing', () => {
    const rates = elementsOf(parseXml(cobertura(coverage, facts)), 'class').map(({ attributes }) => Number(attributes['branch-rate']))
    expect(rates).to.deep.equal([0.5, 0])
  })
})

describe('coverageJson', () => {
  const schema = JSON.parse(readFileSync('schemas/coverage.schema.json', 'utf8'))
  const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema)

  it('is as the published schema says', () => {
    for (const each of [coverage, nothing, hostile]) {
      validate(JSON.parse([...coverageJson(each, '1.2.3')].join('')))
      expect(validate.errors ?? []).to.deep.equal([])
    }
  })

  it('holds every branch with how often it was taken, and the input that would take it', () => {
    const { flows, totals } = JSON.parse([...coverageJson(coverage, '1.2.3')].join(''))
    const ask = flows[0].nodes.find(({ node }: { node: string }) => node === 'ask')
    expect(ask.visits).to.deep.equal({ passed: 1, failed: 1, ambiguous: 0 })
    expect(ask.branches[0]).to.deep.equal({ label: '1', to: 'sales', line: 10, taken: { passed: 1, failed: 0, ambiguous: 0 } })
    expect(ask.branches[1]).to.deep.include({ label: '2', line: 11 })
    expect(ask.branches[1].way).to.deep.include({ kind: 'reached', flowId: 'menu', description: 'dtmf "2"' })
    expect(totals.branches).to.deep.include({ covered: 4, passed: 3, total: 11 })
  })
})

describe('showCoverage', () => {
  it('shows figures, and what is not covered with the input that leads there', () => {
    expect(showCoverage(coverage, plain).split('\n')).to.deep.equal([
      '',
      'Coverage',
      '',
      'flow                   nodes     branches        pairs      entries        exits  sub-flows',
      'menu (version 3)  4/5 80.0 %   4/8 50.0 %   3/9 33.3 %  1/1 100.0 %  1/1 100.0 %  0/1 0.0 %',
      'pin (version 1)    0/3 0.0 %    0/3 0.0 %    0/2 0.0 %    0/1 0.0 %    0/1 0.0 %          –',
      'all flows         4/8 50.0 %  4/11 36.3 %  3/11 27.2 %   1/2 50.0 %   1/2 50.0 %  0/1 0.0 %',
      '',
      'Not covered in menu: 4 branches  flows/menu.flow.yaml',
      '  :11  ask  "2"        dtmf "2"',
      '  :12  ask  "3"        dtmf "3"',
      '  :13  ask  "noInput"  no input at all',
      '  :16  pin  "default"  dtmf "31"',
      '',
      'Not covered in pin: 3 branches  flows/pin.flow.yaml',
      '  :3  start   "default"  call menu: dtmf "3"',
      '  :4  gather  "default"  call menu: dtmf "31"',
      '  :4  gather  "noInput"  call menu: dtmf "3"',
      '',
      '! 1 branch taken only in tries that did not pass',
      '',
    ])
  })

  it('says where there is nothing, and shows nothing that a terminal would act on', () => {
    expect(showCoverage(nothing, plain)).to.include('no call was seen')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(showCoverage(hostile, plain)).to.not.match(/[\u0007\r]/)
  })
})

describe('showGate', () => {
  it('says what is short of what was asked for, and by how much', () => {
    const short = { metric: 'branches', percent: 90, share: coverage.shares.branches, missing: 6 } as const
    expect(showGate([short], [short], coverage, plain)).to.equal(
      '\n✗ coverage of branches is 36.3 % (4 of 11) instead of 90 %: 6 more have to be covered\n',
    )
    expect(showGate([short], [], coverage, plain)).to.equal('\n✓ coverage is as asked for: branches 90 %\n')
  })

  it('is not met by flows of which nothing is known, nor by no calls', () => {
    const unknown = collected([runStarted, ...scenarioOf('a', apiTrace(menu, '1'))])
    expect(showGate([], [], { ...coverage, unmeasured: unknown.unmeasured }, plain)).to.include(
      '✗ the coverage of flow "menu" is not known',
    )
    expect(showGate([], [], nothing, plain)).to.include('✗ no call was seen')
  })
})
