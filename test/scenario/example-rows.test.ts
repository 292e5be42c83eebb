import { expect } from 'chai'
import { readExampleFile } from '../../src/scenario/example-rows.ts'

const read = (name: string, text: string) => readExampleFile(name, 'scenarios/a.cxspec.yaml', () => ({ value: text }))
const places = (name: string, text: string) => read(name, text).faults?.map(({ place, code }) => `${place?.line} ${code}`)

describe('readExampleFile', () => {
  it('tells every row of a CSV file that has too many or too few values', () => {
    expect(places('rows.csv', 'key,queue\n1\n2,b\n3,c,d\n"4\n5",e,f\n')).to.deep.equal(['2 CSV_SYNTAX', '4 CSV_SYNTAX', '6 CSV_SYNTAX'])
  })

  it('tells faulty columns and faulty rows together', () => {
    expect(places('rows.csv', 'key,9lives\n1\n')).to.deep.equal(['1 BAD_NAME', '2 CSV_SYNTAX'])
  })

  it('tells every item of a JSON file that is no row', () => {
    expect(places('rows.json', '[\n{"a":1},\n3,\n{"not a name":1}\n]')).to.deep.equal(['3 BAD_ROWS', '4 BAD_ROWS'])
  })

  it('tells what is no row beside a value that would be changed', () => {
    expect(places('rows.json', '[\n{"a":12345678901234567890},\n3\n]')).to.have.length(2)
  })
})
