import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { stepKinds } from '../../src/steps/kinds.ts'

const SCHEMAS = join(import.meta.dirname, '../../schemas/scenario')

describe('stepKinds', () => {
  it('knows every kind that a scenario file may name', () => {
    const described = readdirSync(SCHEMAS)
      .filter((file) => file !== 'base.json')
      .map((file) => file.replace(/\.json$/, ''))
    expect([...stepKinds.keys()].toSorted()).to.deep.equal(described.toSorted())
  })
})
