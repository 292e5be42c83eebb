import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { withFaultyApis, withLimits } from '../../scripts/api-lists.ts'
import { OPERATIONS } from '../../src/emulator/operations.ts'
import { APIS } from '../../src/model/api-names.ts'

/** Those of the platform; what controls the emulator itself is local, and the token is for anyone. */
const served = OPERATIONS.filter(({ access }) => typeof access === 'object').map(({ api }) => api)

function schema(name: string) {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))
}

describe('APIS', () => {
  it('are those that the emulator serves', () => {
    expect(new Set(APIS.map(({ name }) => name))).to.deep.equal(new Set(served))
  })

  it('are those for which limits can be set, where the platform counts them on their own', () => {
    expect(schema('config')).to.deep.equal(withLimits(schema('config')))
  })

  it('are those that faults can meet', () => {
    expect(schema('emulator-faults')).to.deep.equal(withFaultyApis(schema('emulator-faults')))
  })
})
