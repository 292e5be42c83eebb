import { expect } from 'chai'
import { publishedEvent } from '../../src/assertions/published-event.ts'

const event = { agentId: 'a', previousState: 'voice', newState: 'chat', syncTimestamp: '2026-01-05T09:00:00Z' }

describe('publishedEvent', () => {
  it('is met by whether there was one, or by what stood in it', () => {
    for (const expected of [true, { previousState: 'voice', newState: 'chat' }, { syncTimestamp: { matches: '^2026' } }]) {
      expect(publishedEvent(expected, event)).to.deep.equal([])
    }
    expect(publishedEvent(false, undefined)).to.deep.equal([])
  })

  it('says what differs', () => {
    expect(publishedEvent(true, undefined)[0]?.code).to.equal('EVENT_MISSING')
    expect(publishedEvent(false, event)[0]?.code).to.equal('EVENT_NOT_EXPECTED')
    const [finding] = publishedEvent({ newState: 'voice' }, event)
    expect(finding).to.deep.include({ code: 'VALUE_DIFFERS', at: ['newState'] })
    expect(finding?.message).to.include('event.newState')
    expect(publishedEvent({ newState: 'voice' }, undefined)).to.have.length(1)
  })
})
