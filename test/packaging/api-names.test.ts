import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { OPERATIONS } from '../../src/emulator/operations.ts'

/** Those of the platform; what controls the emulator itself is local, and the token is for anyone. */
const served = OPERATIONS.filter(({ access }) => typeof access === 'object').map(({ api }) => api)

function schema(name: string): { definitions: Record<string, { enum: string[]; properties: Record<string, { properties: object }> }> } {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))
}

describe('the names of APIs', () => {
  it('that faults can be asked for are those that the emulator serves', () => {
    expect(schema('emulator-faults').definitions['api']?.enum).to.have.members(['token', ...served, 'unknown'])
  })

  it('that limits can be set for are the same, the token apart, and looks at data actions, which count as data actions', () => {
    const limited = served.filter((api) => api !== 'data-action-status')
    expect(Object.keys(schema('config').definitions['limits']?.properties['apis']?.properties ?? {})).to.have.members(limited)
  })
})
