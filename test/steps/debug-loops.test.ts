import { expect } from 'chai'
import type { Json } from '../../src/model/json.ts'
import type { VisitBounds } from '../../src/model/visit-bounds.ts'
import { debug } from '../../src/steps/debug.ts'
import { performer } from '../../src/steps/perform-step.ts'
import { type Answerer, testContext } from '../support/step-context.ts'

const PATH = ['start', ...Array.from({ length: 4 }, () => ['menu', 'tries', 'invalid']).flat(), 'out']
const step = { input: { flowId: 'retry' }, expect: {} }

/** A flow that says of each node how often it may be visited. */
function boundsOf(most: number): VisitBounds {
  return { most: () => most, why: () => undefined, isChoice: () => false }
}

function answering(definition: Json): Answerer {
  return ({ method }) => (method === 'GET' ? { flowId: 'retry', definition } : { path: PATH })
}

describe('the loop judgement of a debug step', () => {
  it('knows the flow, which is asked for once in a run', async () => {
    const asked: Json[] = []
    const visitBounds = async (definition: Json): Promise<VisitBounds> => {
      asked.push(definition)
      return boundsOf(4)
    }
    const context = { ...testContext(answering({ nodes: [] })), visitBounds }
    expect((await performer(debug)(step, context)).findings).to.deep.equal([])
    expect((await performer(debug)(step, context)).findings).to.deep.equal([])
    expect(asked).to.deep.equal([{ nodes: [] }])
  })

  it('judges by the trace alone where the target does not tell the flow', async () => {
    const refusing: Answerer = ({ method }) => {
      if (method === 'GET') throw new Error('no such flow')
      return { path: PATH }
    }
    const context = { ...testContext(refusing), visitBounds: async () => boundsOf(4) }
    const { findings } = await performer(debug)(step, context)
    expect(findings.map(({ code }) => code)).to.deep.equal(['NODE_REPEATED_TOO_OFTEN'])
  })
})
