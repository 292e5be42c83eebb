import { expect } from 'chai'
import { matches } from '../../../src/emulator/agents/if-match.ts'

describe('matches', () => {
  const cases = [
    ['"7"', true],
    ['*', true],
    ['"1", "7"', true],
    ['7', true],
    ['"8"', false],
    ['W/"7"', false],
    ['', false],
    ['"1", "2"', false],
  ] as const
  for (const [ifMatch, expected] of cases) {
    it(`lets If-Match: ${ifMatch} ${expected ? 'through' : 'not through'} where the tag is "7"`, () => {
      expect(matches(ifMatch, '"7"')).to.equal(expected)
    })
  }
})
