import { expect } from 'chai'
import fc from 'fast-check'
import { parseReporter, showReporter } from '../../src/config/parse-reporter.ts'
import { parseVariable } from '../../src/config/parse-variable.ts'
import type { Fault } from '../../src/model/fault.ts'

describe('parseVariable', () => {
  const parsed = (text: string) => {
    const faults: Fault[] = []
    return { variables: parseVariable(text, faults), faults: faults.length }
  }

  it('keeps text as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(parsed(`key=${value}`).variables).to.deep.equal([{ name: 'key', value }])
      }),
    )
  })

  it('reads JSON behind :=', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const normal: unknown = JSON.parse(JSON.stringify(value))
        expect(parsed(`key:=${JSON.stringify(value)}`).variables).to.deep.equal([{ name: 'key', value: normal }])
      }),
    )
  })

  for (const text of ['', '=', '=x', 'name', '1a=x', 'a b=x', 'a:={', 'a:=', '__proto__=x']) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(parsed(text)).to.deep.equal({ variables: [], faults: 1 }))
  }
})

describe('parseReporter', () => {
  const parsed = (text: string) => {
    const faults: Fault[] = []
    return { reporters: parseReporter(text, faults), faults: faults.length }
  }

  it('reads a name, and options of which a value may hold anything', () => {
    expect(parsed('junit').reporters).to.deep.equal([{ name: 'junit', options: {} }])
    expect(parsed('junit:file=C:\\out=1.xml,name=a\\,b').reporters).to.deep.equal([
      { name: 'junit', options: { file: 'C:\\out=1.xml', name: 'a,b' } },
    ])
  })

  for (const text of ['', ':', 'junit:', 'junit:file', 'junit:=x', 'a b', 'junit:file=x,']) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(parsed(text)).to.deep.equal({ reporters: [], faults: 1 }))
  }

  it('is undone by showReporter', () => {
    expect(showReporter({ name: 'junit', options: { file: 'a.xml' } })).to.equal('junit:file=a.xml')
  })
})
