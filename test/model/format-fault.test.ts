import { expect } from 'chai'
import fc from 'fast-check'
import { formatFault } from '../../src/model/format-fault.ts'

const place = { file: 'menu.cxspec.yaml', line: 7, column: 7, source: '      exitNod: node_exit', length: 7 }

describe('formatFault', () => {
  it('shows place, line, caret, what was expected and what to do', () => {
    const fault = {
      code: 'UNKNOWN_KEY',
      message: 'no "exitNod" here',
      place,
      expected: 'exitNode, path',
      advice: 'did you mean "exitNode"?',
    }
    expect(formatFault(fault)).to.equal(
      [
        'menu.cxspec.yaml:7:7: no "exitNod" here',
        '  7 |       exitNod: node_exit',
        '    |       ^^^^^^^',
        '  expected: exitNode, path',
        '  did you mean "exitNode"?',
      ].join('\n'),
    )
  })

  it('is one line where there is no place', () => {
    expect(formatFault({ code: 'X', message: 'nothing works' })).to.equal('nothing works')
  })

  it('keeps the caret below what it points at behind tabs, escapes and wide letters', () => {
    const source = '\ta\u001b: 世 x'
    const [, line, caret] = formatFault({
      code: 'X',
      message: 'm',
      place: { file: 'f', line: 1, column: source.indexOf('x') + 1, source },
    }).split('\n')
    expect(line).to.equal('  1 |  a\\u{1b}: 世 x')
    expect(caret).to.equal(`    | ${' '.repeat(' a\\u{1b}: '.length + 3)}^`)
  })

  it('cuts a very long line around the caret', () => {
    const source = `${'a'.repeat(5_000)}X${'b'.repeat(5_000)}`
    const [, line, caret] = formatFault({ code: 'X', message: 'm', place: { file: 'f', line: 1, column: 5_001, source } }).split('\n')
    expect(line?.length).to.be.lessThan(140)
    expect(line?.[caret?.indexOf('^') ?? -1]).to.equal('X')
  })

  it('never passes a control character on, whatever stands in the file', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, text, fc.nat(200), fc.nat(20), (message, source, advice, column, length) => {
        const shown = formatFault({ code: 'X', message, advice, place: { file: source, line: 3, column: column + 1, source, length } })
        expect(shown.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})
