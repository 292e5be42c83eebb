import { expect } from 'chai'
import type { Reading } from '../../src/model/reading.ts'
import type { CheckYaml } from '../../src/yaml/read-and-check.ts'
import { readAndCheck } from '../../src/yaml/read-and-check.ts'

const messages = ({ faults = [] }: Reading<unknown>): string[] => faults.map(({ place, code }) => `${place?.line}:${place?.column} ${code}`)

describe('readAndCheck', () => {
  const refusesAll: CheckYaml<never> = (value, { placeOf }) => ({
    faults: Object.keys(value ?? {}).map((key) => ({ code: 'REFUSED', message: key, place: placeOf([key]) })),
  })

  it('yields what the check makes of a sound file', () => {
    expect(readAndCheck('a: 1\n', 'x.yaml', (value) => ({ value }))).to.deep.equal({ value: { a: 1 } })
  })

  it('yields no value of a file with a value at fault, whatever the check says', () => {
    expect(messages(readAndCheck('a: 007\n', 'x.yaml', (value) => ({ value })))).to.have.length(1)
  })

  it('tells what is wrong elsewhere together with a value at fault, and nothing twice', () => {
    const [trap, other, ...rest] = messages(readAndCheck('a: 007\nb: 2\n', 'x.yaml', refusesAll))
    expect(trap).to.match(/^1:4 (?!REFUSED)/)
    expect(other).to.equal('2:4 REFUSED')
    expect(rest).to.deep.equal([])
  })

  it('checks nothing where the structure is in doubt', () => {
    expect(messages(readAndCheck('a: [1\nb: 2\n', 'x.yaml', refusesAll)).join()).to.not.include('REFUSED')
  })
})
