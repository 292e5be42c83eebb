import { expect } from 'chai'
import { DEFAULTS } from '../../src/config/defaults.ts'
import { ALL_SCOPES } from '../../src/emulator/scopes.ts'

describe('the scopes that presets ask for', () => {
  it('are all that the API knows, so that no kind of step is refused', () => {
    expect(DEFAULTS.scope.split(' ')).to.have.members([...ALL_SCOPES])
  })
})
