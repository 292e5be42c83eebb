import type { Send } from '../send.ts'

/** What is told of an agent whose availability has changed. A type and no interface, so that it is JSON as it stands. */
export type AvailabilityChange = {
  readonly agentId: string
  /** The work mode before; null where there was none. */
  readonly previousState: string | null
  readonly newState: string
  /** RFC 3339: when the change was made. It is the same however often the event is sent. */
  readonly syncTimestamp: string
}

/** Publishes that an agent's availability has changed. */
export async function publishAvailabilityChange(send: Send, data: AvailabilityChange): Promise<void> {
  await send({
    api: 'events',
    scopes: ['events:publish'],
    method: 'POST',
    path: '/api/v2/events/publish',
    body: { eventType: 'agent.availability.changed', data },
  })
}
