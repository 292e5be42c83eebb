import { expect } from 'chai'
import { diagnose } from '../../src/flow/diagnose.ts'
import { toFaults } from '../../src/flow/diagnostic.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'

const language = readFlow(
  'flowId: language\nvariables: { chosen: en }\nnodes: [{ id: start, type: Start, next: done }, { id: done, type: Exit }]',
  'language.flow.yaml',
)

function errorsOf(node: string): string[] {
  const text = `flowId: main\nvariables: { language: en }\nnodes:\n  - { id: start, type: Start, next: sub }\n  - ${node}\n  - { id: done, type: Exit }\n`
  const main = readFlow(text, 'main.flow.yaml')
  expect(main.diagnosis.errors).to.deep.equal([])
  return diagnose(main, createLibrary([main, language])).errors.map(
    ({ code, message, location }) => `${location?.line}:${location?.column} ${code} ${message}`,
  )
}

describe('diagnose', () => {
  it('has nothing to say of a call that fits', () => {
    expect(
      errorsOf('{ id: sub, type: SubFlow, flowId: language, inputs: { chosen: es }, outputs: { language: chosen }, next: done }'),
    ).to.deep.equal([])
  })

  it('finds a flow that does not exist', () => {
    expect(errorsOf('{ id: sub, type: SubFlow, flowId: langauge, next: done }')).to.deep.equal([
      '5:39 REFERENCE_ERROR node "sub" calls the flow "langauge", which does not exist; did you mean "language"?',
    ])
  })

  it('finds an entry and variables that the other flow does not have', () => {
    const errors = errorsOf('{ id: sub, type: Transfer, flowId: language, entry: onHold, inputs: { chsen: es } }')
    expect(errors[0]).to.include('node "sub": the flow "language" has no variable "chsen"; did you mean "chosen"?')
    expect(errors[1]).to.include('has no entry "onHold"')
    expect(errors).to.have.length(2)
  })

  it('keeps what reading found', () => {
    const torn = readFlow('flowId: [', 'torn.flow.yaml')
    expect(diagnose(torn, createLibrary([]))).to.deep.equal(torn.diagnosis)
  })
})

describe('toFaults', () => {
  it('gives each diagnostic its place', () => {
    const { errors } = readFlow('flowId: f\nnodes: [{ id: start, type: Start, next: done }]', 'flows/f.flow.yaml').diagnosis
    expect(toFaults(errors)).to.have.length(1)
    expect(toFaults(errors)[0]?.place).to.include({ file: 'flows/f.flow.yaml', line: 2, column: 41 })
  })
})
