import { expect } from 'chai'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { ProblemError } from '../../src/model/problem.ts'
import type { Reference, Step } from '../../src/model/suite.ts'
import { bindStep } from '../../src/scenario/bind-step.ts'

const earlier = new Map<string, JsonObject>([
  ['build', { compileId: 'c-1', errors: [{ line: 7 }], count: 3, tricky: '${steps.build.compileId}', nothing: null, way: '../x' }],
])
function step(at: Reference['at'], ...parts: Reference['parts'][number][]): Step {
  return {
    kind: 'debug',
    input: { flowId: 'f', variables: { a: '-' }, dtmf: '-', maxLoops: 1 },
    expect: { path: ['x', '-'] },
    pointer: ['scenarios', 0],
    references: [{ at, parts }],
  }
}
function problemOf(bound: () => unknown): string {
  try {
    bound()
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code}: ${error.problem.message}`
    throw error
  }
  throw new Error('nothing was thrown')
}
const field = (...path: string[]) => ({ step: 'build', path })
const variable = (bound: Step): Json | undefined => Object(bound.input['variables']).a

describe('bindStep', () => {
  it('returns a step without references itself', () => {
    const { references: _references, ...plain } = step(['input', 'variables', 'a'], field('count'))
    expect(bindStep(plain, earlier)).to.equal(plain)
  })

  it('keeps the type of a value that stands alone, and leaves no reference', () => {
    const bound = bindStep(
      { ...step(['input', 'variables', 'a'], field('count')), input: { flowId: 'f', variables: { a: '-' } }, expect: {} },
      earlier,
    )
    expect(bound).to.deep.equal({ kind: 'debug', input: { flowId: 'f', variables: { a: 3 } }, expect: {}, pointer: ['scenarios', 0] })
  })

  it('reaches into lists and joins texts', () => {
    const base = {
      ...step(['input', 'variables', 'a'], 'line ', field('errors', '0', 'line')),
      input: { flowId: 'f', variables: { a: '-' } },
      expect: {},
    }
    expect(variable(bindStep(base, earlier))).to.equal('line 7')
  })

  it('fills in items of lists in expect', () => {
    const base = { ...step(['expect', 'path', 1], field('compileId')), input: { flowId: 'f' } }
    expect(bindStep(base, earlier).expect).to.deep.equal({ path: ['x', 'c-1'] })
  })

  it('never looks again at what is filled in', () => {
    const base = { ...step(['input', 'variables', 'a'], field('tricky')), input: { flowId: 'f', variables: { a: '-' } }, expect: {} }
    expect(variable(bindStep(base, earlier))).to.equal('${steps.build.compileId}')
  })

  it('names what an earlier step did not yield', () => {
    expect(problemOf(() => bindStep(step(['input', 'variables', 'a'], field('nope')), earlier))).to.match(
      /^UNKNOWN_REFERENCE: \$\{steps\.build\.nope\}.*compileId/,
    )
    for (const path of [['constructor'], ['__proto__'], ['errors', 'length'], ['errors', '9'], ['count', 'x'], ['nothing', 'x']]) {
      expect(
        problemOf(() => bindStep(step(['input', 'variables', 'a'], field(...path)), earlier)),
        path.join('.'),
      ).to.include('UNKNOWN_REFERENCE')
    }
    expect(problemOf(() => bindStep(step(['input', 'variables', 'a'], { step: 'later', path: ['x'] }), earlier))).to.include('has not run')
  })

  it('refuses values that cannot be a part of a text', () => {
    expect(problemOf(() => bindStep(step(['input', 'variables', 'a'], 'x', field('errors')), earlier))).to.include('UNKNOWN_REFERENCE')
  })

  it('holds the step against its schema again, also where the server sends what looks like a placeholder', () => {
    expect(problemOf(() => bindStep({ ...step(['input', 'dtmf'], field('compileId')) }, earlier)))
      .to.include('INVALID_STEP')
      .and.include('debug.dtmf is "c-1"')
    expect(problemOf(() => bindStep({ ...step(['input', 'maxLoops'], field('tricky')), input: { maxLoops: '-' } }, earlier))).to.include(
      'INVALID_STEP',
    )
    expect(problemOf(() => bindStep({ ...step(['input', 'flowId'], field('way')), input: { flowId: '-' } }, earlier))).to.include(
      'INVALID_STEP',
    )
  })
})
