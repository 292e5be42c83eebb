import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import type { Fault } from '../../src/model/fault.ts'
import type { Scenario, Suite } from '../../src/model/suite.ts'
import { type SuiteLoaderOptions, suiteLoader } from '../../src/scenario/suite-loader.ts'

describe('suiteLoader', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cxspec-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  function load(text: string, options: Partial<SuiteLoaderOptions> = {}): Suite {
    write('menu.cxspec.yaml', text)
    const { value, faults } = suiteLoader({ root, ...options })('menu.cxspec.yaml')
    if (!value) throw new Error(JSON.stringify(faults, undefined, 2))
    return value
  }
  function scenario(text: string, options: Partial<SuiteLoaderOptions> = {}): Scenario {
    const [first] = load(text, options).scenarios
    if (!first) throw new Error('no scenario')
    return first
  }
  function faults(text: string, options: Partial<SuiteLoaderOptions> = {}): readonly Fault[] {
    write('menu.cxspec.yaml', text)
    return suiteLoader({ root, ...options })('menu.cxspec.yaml').faults ?? []
  }

  it('reads the short form: the scenario itself is the step', () => {
    const text = `suite: Main menu
tags: [ivr]
flow: main-menu
scenarios:
  - name: key 1 reaches the sales queue
    tags: [smoke, ivr]
    skip: not yet
    retries: 2
    timeout: 1.5m
    resource: line-1
    debug: { dtmf: "1" }
    expect: { routedTo: queue_sales, within: 2s }
`
    expect(load(text)).to.deep.equal({
      file: 'menu.cxspec.yaml',
      name: 'Main menu',
      scenarios: [
        {
          id: 'menu.cxspec.yaml#key 1 reaches the sales queue',
          name: 'key 1 reaches the sales queue',
          line: 5,
          tags: ['ivr', 'smoke'],
          skip: 'not yet',
          retries: 2,
          timeoutMs: 90_000,
          resources: ['line-1'],
          steps: [
            {
              kind: 'debug',
              input: { flowId: 'main-menu', dtmf: '1' },
              expect: { routedTo: 'queue_sales' },
              withinMs: 2_000,
              pointer: ['scenarios', 0],
            },
          ],
        },
      ],
    })
  })

  it('reads steps and teardown, each with its own flow where it names one', () => {
    const { steps, teardown } = scenario(`flow: main
scenarios:
  - name: a
    steps:
      - { id: build, compile: {}, expect: { within: 60s } }
      - { debug: { flowId: other, speech: hi } }
    teardown:
      - debug: { flowId: reset }
`)
    expect(steps).to.deep.equal([
      { kind: 'compile', id: 'build', input: { flowId: 'main' }, expect: {}, withinMs: 60_000, pointer: ['scenarios', 0, 'steps', 0] },
      { kind: 'debug', input: { flowId: 'other', speech: 'hi' }, expect: {}, pointer: ['scenarios', 0, 'steps', 1] },
    ])
    expect(teardown?.map(({ pointer }) => pointer)).to.deep.equal([['scenarios', 0, 'teardown', 0]])
  })

  it('names a suite without a name after its file', () => {
    expect(load('flow: f\nscenarios: [{ name: a, debug: {} }]').name).to.equal('menu')
  })

  it('makes a test case of each example row, named after its values', () => {
    const { scenarios } = load(`flow: f
scenarios:
  - name: every key
    examples:
      - { key: "1", queue: queue_sales }
      - { key: "2", queue: { oneOf: [a, b] } }
    debug: { dtmf: "\${key}" }
    expect: { routedTo: "\${queue}" }
`)
    expect(scenarios.map(({ name, line }) => [name, line])).to.deep.equal([
      ['every key [key=1, queue=queue_sales]', 3],
      ['every key [key=2, queue={"oneOf":["a","b"]}]', 3],
    ])
    expect(scenarios.map(({ steps: [step] }) => [step?.input['dtmf'], step?.expect['routedTo']])).to.deep.equal([
      ['1', 'queue_sales'],
      ['2', { oneOf: ['a', 'b'] }],
    ])
  })

  it('keeps names of rows with long values short and apart', () => {
    const long = 'x'.repeat(500)
    const { scenarios } = load(
      `flow: f\nscenarios:\n  - name: n\n    examples: [{ a: ${long}1 }, { a: ${long}2 }]\n    debug: { speech: "\${a}" }\n`,
    )
    expect(scenarios.map(({ name }) => name.length < 100 && name.slice(-2))).to.deep.equal(['#1', '#2'])
  })

  it('reads rows from CSV and JSON beside the file, CSV values as text', () => {
    const rows = (file: string) =>
      `flow: f\nscenarios:\n  - name: n\n    examples: { file: ${file} }\n    debug: { dtmf: "\${key}", speech: "\${say}" }\n`
    write('cases.csv', '\ufeffkey,say\r\n0044,"a ""b"", c"\r\n#,\n')
    write('sub/cases.json', '[{ "key": "1", "say": "x", "unused": [1] }]')
    const inputs = (text: string) => load(text).scenarios.map(({ steps: [step] }) => [step?.input['dtmf'], step?.input['speech']])
    expect(inputs(rows('cases.csv'))).to.deep.equal([
      ['0044', 'a "b", c'],
      ['#', ''],
    ])
    expect(inputs(rows('sub/cases.json'))).to.deep.equal([['1', 'x']])
    expect(inputs(rows('./sub/../cases.csv'))).to.have.length(2)
  })

  it('takes a placeholder from the row, then --var, then the file, then the configuration', () => {
    const text = `flow: f
vars: { a: file, b: file, c: file }
scenarios:
  - name: n
    examples: [{ a: row }]
    debug: { variables: { a: "\${a}", b: "\${b}", c: "\${c}", d: "\${d}" } }
`
    const options = { vars: { a: 'flag', b: 'flag' }, configVars: { a: 'config', b: 'config', c: 'config', d: 'config' } }
    expect(scenario(text, options).steps[0]?.input['variables']).to.deep.equal({ a: 'row', b: 'flag', c: 'file', d: 'config' })
  })

  it('fills in names, flow, tags, retries, timeout, resource and numbers', () => {
    const filled = scenario(`flow: \${lang}-menu
vars: { lang: en, n: 2, wait: 3s, only: true, loops: 9 }
scenarios:
  - name: in \${lang}
    tags: ["\${lang}"]
    retries: \${n}
    timeout: \${wait}
    only: \${only}
    resource: ["line-\${n}"]
    debug: { maxLoops: "\${loops}" }
    expect: { within: "\${wait}", visits: { "node_\${lang}": "\${n}" }, duration: { max: "\${wait}" } }
`)
    expect(filled).to.deep.include({ name: 'in en', tags: ['en'], retries: 2, timeoutMs: 3_000, only: true, resources: ['line-2'] })
    expect(filled.steps[0]).to.deep.include({
      input: { flowId: 'en-menu', maxLoops: 9 },
      expect: { visits: { node_en: 2 }, duration: { max: '3s' } },
      withinMs: 3_000,
    })
  })

  it('fills in the name and the tags of the suite', () => {
    const { name, scenarios } = load(
      'suite: "${a} menu"\ntags: ["${b}"]\nflow: f\nvars: { a: Main, b: smoke }\nscenarios: [{ name: n, debug: {} }]',
    )
    expect([name, scenarios[0]?.tags]).to.deep.equal(['Main menu', ['smoke']])
  })

  it('keeps what refers to an earlier step for the run, and nothing else', () => {
    const { steps } = scenario(`flow: f
vars: { text: "\${steps.build.compileId}", name: x }
scenarios:
  - name: n
    steps:
      - { id: build, compile: {} }
      - debug: { speech: "\${text} $\${name}", variables: { a: "\${steps.build.compileId}", b: "\${name}-\${steps.build.errors.0.line}" } }
`)
    expect(steps[0]).to.not.have.property('references')
    expect(steps[1]?.input['speech']).to.equal('${steps.build.compileId} ${name}')
    expect(steps[1]?.references).to.deep.equal([
      { at: ['input', 'variables', 'a'], parts: [{ step: 'build', path: ['compileId'] }] },
      { at: ['input', 'variables', 'b'], parts: ['x-', { step: 'build', path: ['errors', '0', 'line'] }] },
    ])
  })

  it('allows only where it is no CI run', () => {
    const text = 'flow: f\nscenarios: [{ name: a, only: true, debug: {} }]'
    expect(scenario(text).only).to.equal(true)
    expect(faults(text, { ci: true })[0]?.code).to.equal('ONLY_IN_CI')
  })

  it('tells the faults of every scenario at once, also of those whose neighbours are faulty', () => {
    const found = faults(`flow: f
scenarios:
  - name: a
    debgu: {}
  - name: b
    debug: { speech: "\${nobody}" }
  - name: b
    debug: {}
  - name: c
    debug: { dtmf: 1 }
`)
    expect(found.map(({ code, place }) => `${code} ${place?.line}`)).to.deep.equal([
      'UNKNOWN_KEY 4',
      'UNKNOWN_PLACEHOLDER 6',
      'WRONG_TYPE 10',
    ])
  })

  it('never fills in what was filled in, and never evaluates', () => {
    const text = 'flow: f\nvars: { a: "${b}", b: "${a}" }\nscenarios: [{ name: n, debug: { speech: "${a}${b}" } }]'
    expect(scenario(text).steps[0]?.input['speech']).to.equal('${b}${a}')
  })

  it('reads thousands of rows, and refuses more than ten thousand', () => {
    const text = 'flow: f\nscenarios: [{ name: n, examples: { file: rows.csv }, debug: { dtmf: "${key}" } }]'
    write('rows.csv', `key\n${Array.from({ length: 10_000 }, (_, index) => index).join('\n')}\n`)
    expect(load(text).scenarios).to.have.length(10_000)
    write('rows.csv', `key\n${Array.from({ length: 10_001 }, (_, index) => index).join('\n')}\n`)
    expect(faults(text)[0]?.code).to.equal('TOO_MANY_ROWS')
  })
})
