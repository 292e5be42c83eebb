import { expect } from 'chai'
import { getShifts } from '../../../src/api/resources/agent-schedules.ts'
import { getAgentSkills } from '../../../src/api/resources/agent-skills.ts'
import { changeWorkMode, getAgent } from '../../../src/api/resources/agents.ts'
import { getExecution, startExecution } from '../../../src/api/resources/data-actions.ts'
import { publishAvailabilityChange } from '../../../src/api/resources/events.ts'
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
  [
    'POST /api/v2/dx/actions/a-1/execute',
    'data-actions',
    'the scope dx:actions:execute',
    (send) => startExecution(send, { actionId: 'a-1', inputs: {}, context: {}, correlationId: 'c-1' }),
  ],
  [
    'GET /api/v2/dx/actions/a-1/executions/e-1',
    'data-action-status',
    'the scope dx:actions:read',
    (send) => getExecution(send, { actionId: 'a-1', executionId: 'e-1', correlationId: 'c-1' }),
  ],
  ['GET /api/v2/agents/agent-1', 'agents', 'the scope agent:read', (send) => getAgent(send, 'agent-1')],
  ['GET /api/v2/agents/agent-1/skills', 'agent-skills', 'the scope skill:read', (send) => getAgentSkills(send, 'agent-1')],
  ['GET /api/v2/wfm/schedules/agent-1', 'agent-schedules', 'the scope wfm:read', (send) => getShifts(send, 'agent-1')],
  [
    'PATCH /api/v2/agents/agent-1/workmodes',
    'agent-workmodes',
    'the scope agent:write',
    (send) =>
      changeWorkMode(send, {
        ...{ agentId: 'agent-1', etag: '"1"', workModeId: 'wm-1', skillLevels: [], reason: 'test' },
        metadata: { source: 'test', timestamp: '2026-01-05T09:00:00Z' },
      }),
  ],
  [
    'POST /api/v2/events/publish',
    'events',
    'the scope events:publish',
    (send) =>
      publishAvailabilityChange(send, { agentId: 'agent-1', previousState: null, newState: 'wm-1', syncTimestamp: '2026-01-05T09:00:00Z' }),
  ],
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
