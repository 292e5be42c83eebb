import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { diagnose } from '../../src/flow/diagnose.ts'
import { loadLibrary } from '../../src/flow/load-library.ts'
import { type InMemoryRun, runInMemory } from './run-in-memory.ts'

const BROKEN_ON_PURPOSE = ['broken-menu', 'torn-menu']
const CARELESS_ON_PURPOSE = ['careless-menu']

describe('scenarios/flows', () => {
  const { flows, faults } = loadLibrary(['scenarios/flows'], resolve('.'))

  it('are all there', () => {
    expect(faults).to.deep.equal([])
    expect(flows.size).to.equal(
      readdirSync('scenarios/flows', { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.flow.')).length,
    )
  })

  it('have three of more than 200 nodes, with other flows in them', () => {
    const large = [...flows.values()].filter(({ nodes }) => nodes.size > 200)
    expect(large.map(({ flowId }) => flowId)).to.have.members(['clinic-line', 'travel-desk', 'utility-service'])
    for (const { nodes } of large)
      expect([...nodes.values()].map(({ type }) => type)).to.include.members(['SubFlow', 'Hours', 'DataAction', 'Loop'])
  })

  for (const flow of flows.values()) {
    const { errors, warnings } = diagnose(flow, flows)
    const isBroken = BROKEN_ON_PURPOSE.includes(flow.flowId)
    const isCareless = CARELESS_ON_PURPOSE.includes(flow.flowId)
    it(`${flow.file} ${isBroken ? 'is broken on purpose' : isCareless ? 'has warnings on purpose' : 'compiles without a warning'}`, () => {
      if (!isBroken) expect(errors).to.deep.equal([])
      if (!isBroken && !isCareless) expect(warnings).to.deep.equal([])
      expect(errors.length > 0).to.equal(isBroken)
      expect(warnings.length > 0).to.equal(isCareless)
    })
  }
})

describe('scenarios', () => {
  let run: InMemoryRun
  before(async () => {
    run = await runInMemory(['scenarios'], resolve('.'))
  })

  it('all pass against the emulator, but for the one that is skipped', () => {
    const others = run.suites.flatMap(({ scenarios }) => scenarios).filter(({ outcome }) => outcome.status !== 'passed')
    expect(others.map(({ name, outcome }) => `${outcome.status}: ${name}`)).to.deep.equal(['skipped: key 4 reaches the shop finder'])
    expect(run.exitCode).to.equal(0)
  })

  it('are at least thirty, in a file for each part of the contact centre', () => {
    const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cxspec.yaml'))
    expect(run.suites.map(({ file }) => file).sort()).to.deep.equal(files.map((name) => `scenarios/${name}`).sort())
    const written = files.flatMap((name) => readFileSync(`scenarios/${name}`, 'utf8').match(/^ {2}- name: /gm) ?? [])
    expect(written.length).to.be.at.least(30)
  })
})

describe('scenarios that fail on purpose', () => {
  it('say why, where, and what was expected: as it stands in findings.txt', async () => {
    const folder = resolve('test/fixtures/failing')
    const { exitCode, suites } = await runInMemory(['calls.cxspec.yaml', 'compilations.cxspec.yaml', '--flows', 'flows'], folder)
    expect(exitCode).to.equal(1)
    expect(suites.flatMap(({ scenarios }) => scenarios).every(({ outcome }) => outcome.status === 'failed')).to.equal(true)
    expect(toText(suites)).to.equal(readFileSync(`${folder}/findings.txt`, 'utf8'))
  })

  it('are errored, not failed, where the target does not know the flow', async () => {
    const { exitCode, suites } = await runInMemory(['unknown-flow.cxspec.yaml', '--flows', 'flows'], resolve('test/fixtures/failing'))
    expect(exitCode).to.equal(3)
    expect(suites[0]?.scenarios[0]?.outcome).to.include({ status: 'errored' })
    expect(suites[0]?.scenarios[0]?.outcome.problem).to.include({ code: 'NOT_FOUND' })
  })
})

/** Suites as they stand in findings.txt, in the order of their files. */
function toText(suites: InMemoryRun['suites']): string {
  const blocks = suites
    .toSorted((one, other) => one.file.localeCompare(other.file))
    .flatMap(({ file, scenarios }) =>
      scenarios.map(({ name, outcome }) => {
        const findings = (outcome.findings ?? []).map(
          ({ code, message, place }) => `  ${code} at ${place?.line}:${place?.column}: ${message}\n`,
        )
        return `${file}: ${name}\n${findings.join('')}`
      }),
    )
  return blocks.join('\n')
}
