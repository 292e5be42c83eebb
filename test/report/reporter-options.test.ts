import { expect } from 'chai'
import { type Fault, FaultError } from '../../src/model/fault.ts'
import { checkReporters, type ReporterChoice } from '../../src/report/reporter-options.ts'
import { reporters } from '../../src/report/reporters.ts'

function faultsOf(...choices: ReporterChoice[]): readonly Fault[] {
  try {
    checkReporters(choices, 'reports')
    return []
  } catch (error) {
    if (error instanceof FaultError) return error.faults
    throw error
  }
}

describe('checkReporters', () => {
  it('puts reports into the output folder, or where their option says', () => {
    const choices = [
      { name: 'screen', options: {} },
      { name: 'junit', options: { file: 'build/x.xml', name: 'nightly' } },
      { name: 'json', options: {} },
    ]
    expect(checkReporters(choices, 'reports/').map(({ file }) => file)).to.deep.equal(['', 'build/x.xml', 'reports/results.json'])
  })

  for (const [what, choice, fault] of [
    [
      'an unknown name',
      { name: 'junti', options: {} },
      { code: 'UNKNOWN_REPORTER', advice: 'did you mean "junit"?', expected: Object.keys(reporters).join(', ') },
    ],
    ['a name that objects have anyway', { name: 'constructor', options: {} }, { code: 'UNKNOWN_REPORTER' }],
    [
      'an unknown option',
      { name: 'junit', options: { flie: 'x' } },
      { code: 'UNKNOWN_OPTION', advice: 'did you mean "file"?', expected: 'file, name, dialect' },
    ],
    ['an option of a reporter without any', { name: 'screen', options: { file: 'x' } }, { code: 'UNKNOWN_OPTION', expected: 'no options' }],
    ['an option that is no text', { name: 'json', options: { file: 7 } }, { code: 'INVALID_OPTION' }],
    ['an empty option', { name: 'json', options: { file: ' ' } }, { code: 'INVALID_OPTION' }],
  ] as const) {
    it(`refuses ${what}`, () => {
      const [found, ...others] = faultsOf(choice)
      expect(found).to.include(fault)
      expect(others).to.deep.equal([])
    })
  }

  it('lists every fault, not only the first', () => {
    expect(faultsOf({ name: 'x', options: {} }, { name: 'junit', options: { a: '1', b: '2' } })).to.have.length(3)
  })

  it('refuses two reports in one file', () => {
    expect(faultsOf({ name: 'junit', options: { file: 'a' } }, { name: 'json', options: { file: 'a' } })[0]).to.include({
      code: 'FILE_WRITTEN_TWICE',
    })
  })
})
