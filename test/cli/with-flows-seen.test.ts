import { expect } from 'chai'
import { withFlowsSeen } from '../../src/cli/with-flows-seen.ts'
import type { SeenFlow } from '../../src/model/event.ts'
import type { PerformStep } from '../../src/steps/perform-step.ts'
import { testContext } from '../support/step-context.ts'

const result = { observation: { flowId: 'menu', status: 'Completed' }, findings: [], outputs: {} }
const menu: SeenFlow = { flowId: 'menu', version: '3', fingerprint: 'f', definition: {} }
const pin: SeenFlow = { flowId: 'pin', problem: '404' }

function setUp(perform: PerformStep = async () => result) {
  const told: string[] = []
  const found: string[] = []
  const context = testContext(() => null, { flowSeen: ({ flowId }) => told.push(flowId) })
  const finder = {
    find: async (flowId: string) => {
      found.push(flowId)
      return flowId === 'menu' ? [menu, pin] : [pin]
    },
  }
  const kinds = withFlowsSeen(
    new Map([
      ['debug', perform],
      ['compile', perform],
    ]),
    finder,
  )
  const debug = kinds.get('debug') ?? expect.fail('there is no debug')
  return { told, found, kinds, call: (flowId: string) => debug({ input: { flowId }, expect: {} }, context) }
}

describe('withFlowsSeen', () => {
  it('tells each flow once a run, with those that it calls, and puts the version into the trace', async () => {
    const { told, found, call } = setUp()
    const [first] = await Promise.all([call('menu'), call('menu'), call('pin')])
    expect(first?.observation).to.deep.equal({ flowId: 'menu', status: 'Completed', flowVersion: '3' })
    expect(told).to.deep.equal(['menu', 'pin'])
    expect(found.sort()).to.deep.equal(['menu', 'pin'])
  })

  it('leaves a trace as it is where the version is not known', async () => {
    expect(await setUp().call('pin')).to.deep.equal(result)
  })

  it('tells nothing of a call that came to nothing', async () => {
    const { told, call } = setUp(async () => {
      throw new Error('no answer')
    })
    expect(await call('menu').catch(({ message }: Error) => message)).to.equal('no answer')
    expect(told).to.deep.equal([])
  })

  it('leaves other kinds of steps alone, and keeps what a step says of itself', () => {
    const perform: PerformStep = Object.assign(async () => result, { needsMs: () => 5 })
    const { kinds } = setUp(perform)
    expect(kinds.get('compile')).to.equal(perform)
    expect(kinds.get('debug')?.needsMs?.({})).to.equal(5)
  })
})
