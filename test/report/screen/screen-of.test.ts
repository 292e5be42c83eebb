import { expect } from 'chai'
import { screenOf } from '../../../src/report/screen/screen-of.ts'

const terminal = { write: () => true, isTTY: true, columns: 120 }
const pipe = { write: () => true }

describe('screenOf', () => {
  for (const [what, stream, env, hasColours, isLive] of [
    ['a terminal', terminal, {}, true, true],
    ['a pipe', pipe, {}, false, false],
    ['a terminal in CI', terminal, { CI: 'true' }, true, false],
    ['a terminal with CI=false', terminal, { CI: 'false' }, true, true],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, false, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false, true],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true, false],
    ['an empty FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '' }, true, false],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false, true],
    ['FORCE_COLOR=false', terminal, { FORCE_COLOR: 'false' }, false, true],
    ['FORCE_COLOR against NO_COLOR', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ] as const) {
    it(`knows what ${what} shows`, () => {
      expect(screenOf(stream, env, 'normal')).to.include({ hasColours, isLive, detail: 'normal' })
    })
  }

  it('is as wide as its window, or 80 columns', () => {
    expect([screenOf(terminal, {}, 'normal').columns(), screenOf(pipe, {}, 'normal').columns()]).to.deep.equal([120, 80])
  })

  it('takes no terminal at its word that says it has no columns, as some in containers do', () => {
    expect(screenOf({ ...terminal, columns: 0 }, {}, 'normal').columns()).to.equal(80)
  })

  it('breaks commands to CI systems', () => {
    const written: string[] = []
    screenOf({ write: (text) => written.push(text) }, {}, 'normal').write('::error::x\n')
    expect(written).to.deep.equal(['\\::error::x\n'])
  })
})
