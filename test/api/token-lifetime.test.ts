import { expect } from 'chai'
import fc from 'fast-check'
import { tokenLifetime } from '../../src/api/token-lifetime.ts'

describe('tokenLifetime', () => {
  const cases: readonly (readonly [unknown, number, number])[] = [
    [3600, 3540, 3600],
    ['3600', 3540, 3600],
    [600, 540, 600],
    [100, 90, 100],
    [5, 4.5, 5],
    [0.2, 0.9, 1],
    [1e12, 86_340, 86_400],
    [undefined, 270, 300],
    [null, 270, 300],
    [0, 270, 300],
    [-3600, 270, 300],
    [Number.NaN, 270, 300],
    ['', 270, 300],
    ['an hour', 270, 300],
    [true, 270, 300],
    [[3600], 270, 300],
  ]
  for (const [expiresIn, renewAtS, endsAtS] of cases) {
    it(`of expires_in ${JSON.stringify(expiresIn)} is renewed after ${renewAtS} s and ends after ${endsAtS} s`, () => {
      expect(tokenLifetime(expiresIn, 1000)).to.deep.equal({ renewAtMs: 1000 + renewAtS * 1000, endsAtMs: 1000 + endsAtS * 1000 })
    })
  }

  it('is renewed before it ends and never more often than about once a second, whatever the server says', () => {
    fc.assert(
      fc.property(fc.anything(), fc.nat(), (expiresIn, askedAtMs) => {
        const { renewAtMs, endsAtMs } = tokenLifetime(expiresIn, askedAtMs)
        expect(renewAtMs - askedAtMs).to.be.within(900, 86_400_000)
        expect(endsAtMs - renewAtMs).to.be.within(0.1 * 999, 60_000)
      }),
    )
  })
})
