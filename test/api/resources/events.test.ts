import { expect } from 'chai'
import { getShifts } from '../../../src/api/resources/agent-schedules.ts'
import { publishAvailabilityChange } from '../../../src/api/resources/events.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget, text } from '../support/memory-target.ts'

const data = { agentId: 'agent-1', previousState: 'wm-1', newState: 'wm-2', syncTimestamp: '2026-01-05T09:00:00.000Z' }

describe('publishAvailabilityChange', () => {
  it('posts the event, and needs no body for an answer', async () => {
    const target = memoryTarget([text(202, '')])
    await publishAvailabilityChange(clientUnderTest(target).send, data)
    expect(target.requests[0]).to.include({ method: 'POST', url: 'http://api.internal/api/v2/events/publish' })
    expect(JSON.parse(target.requests[0]?.body ?? '')).to.deep.equal({ eventType: 'agent.availability.changed', data })
  })

  it('sends the same event again where the target is not well', async () => {
    const target = memoryTarget([json(503, {}), json(202, {})])
    await publishAvailabilityChange(clientUnderTest(target).send, data)
    expect(target.requests.map(({ body }) => body)).to.have.length(2)
    expect(target.requests[0]?.body).to.equal(target.requests[1]?.body)
  })
})

describe('getShifts', () => {
  it('reads the shifts of an agent', async () => {
    const shifts = [{ startTime: '2026-01-05T09:00:00Z', endTime: '2026-01-05T17:00:00Z', workModeId: 'wm-1' }]
    const target = memoryTarget([json(200, { shifts })])
    expect(await getShifts(clientUnderTest(target).send, 'agent-1')).to.deep.equal(shifts)
    expect(target.requests[0]).to.include({ method: 'GET', url: 'http://api.internal/api/v2/wfm/schedules/agent-1' })
  })

  it('says so where the answer is no schedule', async () => {
    const problem = await problemOf(getShifts(clientUnderTest(memoryTarget([json(200, { shifts: [{}] })])).send, 'agent-1'))
    expect(problem.message).to.include('agent-schedule').and.include('/shifts/0')
  })
})
