import { expect } from 'chai'
import { rerunCommandFor } from '../../../src/report/screen/rerun.ts'

function places(count: number, files: number): { file: string; line: number }[] {
  return Array.from({ length: count }, (_, index) => ({ file: `s/${index % files}.cxspec.yaml`, line: index + 1 }))
}

describe('rerunCommandFor', () => {
  it('names each scenario by file and line, once', () => {
    const place = { file: 'scenarios/a.cxspec.yaml', line: 3 }
    expect(rerunCommandFor([place, place], 'cxspec run')).to.equal('cxspec run scenarios/a.cxspec.yaml:3')
  })

  it('names files where the scenarios are many', () => {
    expect(rerunCommandFor(places(30, 2), 'cxspec run')).to.equal('cxspec run s/0.cxspec.yaml s/1.cxspec.yaml')
  })

  it('is nothing where there is nothing, or far too much', () => {
    expect([rerunCommandFor([], 'cxspec run'), rerunCommandFor(places(30, 30), 'cxspec run')]).to.deep.equal([undefined, undefined])
  })

  it('quotes what a shell would read otherwise', () => {
    expect(rerunCommandFor([{ file: "a b/$(x)'y.yaml", line: 3 }], 'cxspec run')).to.equal(`cxspec run 'a b/$(x)'\\''y.yaml:3'`)
  })
})
