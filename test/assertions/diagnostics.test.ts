import { expect } from 'chai'
import { type Diagnostic, diagnostics } from '../../src/assertions/diagnostics.ts'
import type { Json } from '../../src/model/json.ts'

const syntax: Diagnostic = { code: 'SYNTAX_ERROR', message: 'unexpected end of the file', line: 7, column: 3 }
const reference: Diagnostic = { code: 'REFERENCE_ERROR', message: 'no node "node_missing"' }

function codes(expected: Json, actual: readonly Diagnostic[]): readonly string[] {
  return diagnostics('error', expected, actual).map((finding) => finding.code)
}

describe('diagnostics', () => {
  it('knows none, any and how many', () => {
    expect(codes('none', [])).to.deep.equal([])
    expect(codes('any', [syntax])).to.deep.equal([])
    expect(codes(2, [syntax, reference])).to.deep.equal([])
    expect(diagnostics('error', 'none', [syntax, reference])).to.deep.equal([
      {
        code: 'ERROR_COUNT_DIFFERS',
        message: 'the compilation has 2 errors, expected none',
        expected: 0,
        actual: 2,
        details: ['SYNTAX_ERROR at 7:3: unexpected end of the file', 'REFERENCE_ERROR: no node "node_missing"'],
      },
    ])
    expect(diagnostics('warning', 'any', [])[0]?.message).to.equal('the compilation has no warning, expected at least 1')
    expect(diagnostics('error', 1, [syntax, reference])[0]?.message).to.equal('the compilation has 2 errors, expected 1')
  })

  it('takes a list for all of them, in any order', () => {
    expect(codes([{ code: 'REFERENCE_ERROR' }, { code: 'SYNTAX_ERROR', line: 7, column: 3 }], [syntax, reference])).to.deep.equal([])
    expect(codes([], [])).to.deep.equal([])
    expect(codes([{ code: 'REFERENCE_ERROR' }], [syntax, reference])).to.deep.equal(['ERROR_NOT_EXPECTED'])
  })

  it('says which one is missing', () => {
    const [finding] = diagnostics('error', [{ code: 'SYNTAX_ERROR', line: { gte: 8 } }], [syntax])
    expect(finding).to.deep.include({
      code: 'ERROR_MISSING',
      message: 'the compilation has no error with code "SYNTAX_ERROR", line at least 8 (or not enough of them)',
      at: [0],
      details: ['SYNTAX_ERROR at 7:3: unexpected end of the file'],
    })
  })

  it('matches messages, and knows an unknown line', () => {
    const patterns = [{ message: { matches: 'node_missing' }, line: { exists: false } }]
    expect(codes({ contains: patterns }, [syntax, reference])).to.deep.equal([])
    expect(codes({ contains: [{ code: 'REFERENCE_ERROR', line: 1 }] }, [syntax, reference])).to.deep.equal(['ERROR_MISSING'])
  })

  it('needs a diagnostic of its own for each entry', () => {
    expect(codes({ contains: [{ code: 'SYNTAX_ERROR' }, { code: 'SYNTAX_ERROR' }] }, [syntax, reference])).to.deep.equal(['ERROR_MISSING'])
    expect(codes({ contains: [{}, { code: 'SYNTAX_ERROR' }] }, [syntax, reference])).to.deep.equal([])
  })

  it('judges count and contains together', () => {
    const findings = diagnostics('warning', { count: { lte: 1 }, contains: [{ code: 'NONE' }] }, [syntax, reference])
    expect(findings.map(({ code, at }) => ({ code, at }))).to.deep.equal([
      { code: 'WARNING_COUNT_DIFFERS', at: ['count'] },
      { code: 'WARNING_MISSING', at: ['contains', 0] },
    ])
  })

  it('reports what it cannot read', () => {
    expect(codes('no', [])).to.deep.equal(['EXPECTATION_INVALID'])
    expect(codes({ contains: 'x' }, [])).to.deep.equal(['EXPECTATION_INVALID'])
    expect(codes(['SYNTAX_ERROR'], [])).to.deep.equal(['EXPECTATION_INVALID'])
    expect(codes([{ line: { gt: '7' } }], [syntax])).to.include('MATCHER_INVALID')
  })
})
