import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype).filter((name) => /pollut|only/.test(name))).to.deep.equal([])
  })
})
