import { expect } from 'chai'
import { getFlow } from '../../../src/api/resources/flow.ts'
import { getCompilation, startCompilation } from '../../../src/api/resources/flow-compile.ts'
import { debugFlow } from '../../../src/api/resources/flow-debug.ts'
import type { Send } from '../../../src/api/send.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget } from '../support/memory-target.ts'

const endpoints: readonly (readonly [string, string, string, (send: Send) => Promise<unknown>])[] = [
  [
    'POST /api/v2/flows/debug',
    'flow-debug',
    'the scopes flow:debug and flow:read',
    (send) => debugFlow(send, { flowId: 'main', input: {}, options: { trace: true, includeVariables: true, maxLoops: 50 } }),
  ],
  ['GET /api/v2/flows/main', 'flow-read', 'the scope flow:read', (send) => getFlow(send, 'main')],
  ['POST /api/v2/flows/main/compile', 'flow-compile', 'the scope flow:write', (send) => startCompilation(send, { flowId: 'main' })],
  ['GET /api/v2/flows/main/compile/c-1', 'flow-compile-status', 'the scope flow:read', (send) => getCompilation(send, 'main', 'c-1')],
]

describe('a missing scope', () => {
  for (const [endpoint, api, scopes, request] of endpoints) {
    it(`of ${endpoint} is named with client and endpoint, costs one request, and blocks ${api} alone`, async () => {
      const target = memoryTarget([json(403, {})])
      const { send } = clientUnderTest(target)
      const problem = await problemOf(request(send))
      expect(problem).to.deep.include({ code: 'FORBIDDEN', blocks: { api } })
      expect(problem.message).to.include(endpoint).and.include(scopes).and.include('client-7')
      await problemOf(request(send))
      expect(target.requests).to.have.length(1)
    })
  }
})
