import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { expect } from 'chai'
import { formatFault } from '../../src/model/format-fault.ts'
import { suiteLoader } from '../../src/scenario/suite-loader.ts'

/** Each faulty file has its faults beside it, as a person reads them. `CXSPEC_GOLDEN=write` writes those that are new or changed. */
const folder = join(import.meta.dirname, 'hostile')
const files = readdirSync(folder).filter((file) => file.endsWith('.cxspec.yaml'))

describe('suiteLoader on faulty and hostile files', () => {
  const load = suiteLoader({ root: folder, ci: true })

  for (const file of files) {
    it(`explains ${file}`, () => {
      const shown = `${(load(file).faults ?? []).map(formatFault).join('\n')}\n`
      const golden = join(folder, file.replace('.cxspec.yaml', '.txt'))
      if (process.env['CXSPEC_GOLDEN'] === 'write') writeFileSync(golden, shown)
      expect(existsSync(golden), `${golden} is missing`).to.equal(true)
      expect(shown).to.equal(readFileSync(golden, 'utf8'))
      expect(shown.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      expect(shown.trim()).to.not.equal('')
    })
  }

  // Each wrong scenario must cost the same: what copied all errors for each of them took 5 s for 20,000.
  for (const item of ['{a: 1}', 'x', '{name: n, debug: 3}', '{name: n, expect: {path: 3}}']) {
    it(`tells the first faults of 20,000 scenarios ${item} within seconds and 100 MB`, () => {
      const file = join(mkdtempSync(join(tmpdir(), 'cxspec-')), 'wrong.cxspec.yaml')
      writeFileSync(file, `flow: f\nscenarios:\n${`- ${item}\n`.repeat(20_000)}`)
      const beforeBytes = process.memoryUsage().heapUsed
      const startedAtMs = performance.now()
      const { faults = [] } = suiteLoader({ root: dirname(file) })(basename(file))
      expect(performance.now() - startedAtMs).to.be.lessThan(6_000)
      expect(process.memoryUsage().heapUsed - beforeBytes).to.be.lessThan(150_000_000)
      expect(faults).to.have.length(101)
      expect(faults.at(-1)?.message).to.match(/^and \d+ more faults in this file$/)
      rmSync(dirname(file), { recursive: true })
    })
  }

  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype).filter((name) => /pollut|only/.test(name))).to.deep.equal([])
  })
})
