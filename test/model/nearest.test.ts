import { expect } from 'chai'
import { nearest } from '../../src/model/nearest.ts'

describe('nearest', () => {
  it('finds a slip of the finger, whatever the capitals', () => {
    expect(nearest('exitnode', ['path', 'exitNode', 'status'])).to.equal('exitNode')
    expect(nearest('--jbos', ['--bail', '--jobs'])).to.equal('--jobs')
  })

  it('prefers the candidate that differs least', () => {
    expect(nearest('runs', ['rum', 'run', 'rugs'])).to.equal('run')
  })

  it('suggests nothing of which no letter was written', () => {
    expect(nearest('x', ['a'])).to.equal(undefined)
    expect(nearest('ab', ['cd'])).to.equal(undefined)
    expect(nearest('', ['a'])).to.equal(undefined)
  })
})
