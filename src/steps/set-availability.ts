import type { AvailabilityChange } from '../api/resources/events.ts'
import { duration } from '../assertions/duration.ts'
import { matchValue } from '../assertions/match-value.ts'
import { publishedEvent } from '../assertions/published-event.ts'
import { type Refusal, refused } from '../assertions/refused.ts'
import { availabilityDisappoints } from './availability-disappoints.ts'
import { orderOf } from './availability-order.ts'
import { changeAvailability } from './change-availability.ts'
import { judgeOffline } from './judge-offline.ts'
import type { StepKind } from './step-kind.ts'

/** An agent's change of availability. A type and no interface, so that it is JSON as it stands. */
export type AvailabilityObservation = {
  readonly agentId: string
  /** `judged`: nothing was sent, since the step is offline. */
  readonly outcome: 'changed' | 'refused' | 'conflict' | 'judged'
  /** What it was to become. */
  readonly requestedWorkModeId: string
  /** The agent's work mode now; absent where it has none, or none is known. */
  readonly workModeId?: string
  /** The agent's work mode before it was changed. */
  readonly previousWorkModeId?: string
  /** What speaks against the change. */
  readonly refused: readonly Refusal[]
  /** How often somebody else had changed the agent meanwhile. */
  readonly conflicts: number
  /** From 0 to 100. */
  readonly routingScore: number
  /** As it was published. */
  readonly event?: AvailabilityChange
  /** Of the request that made the change, in milliseconds; absent where none did, or its answer was lost. */
  readonly latencyMs?: number
}

/** Changes the work mode and the skills of an agent, unless shifts or skills speak against it; that it is refused is an observation too. */
export const setAvailability: StepKind<AvailabilityObservation> = {
  key: 'setAvailability',
  run: async (input, context) => {
    const order = orderOf(input, context.clock.date())
    return order.offline ? judgeOffline(order, order.offline) : changeAvailability(order, context)
  },
  expectations: {
    workModeId: (expected, { workModeId }) => matchValue(expected, workModeId, 'workModeId'),
    refused: (expected, observation) => refused(expected, observation.refused),
    conflicts: (expected, { conflicts }) => matchValue(expected, conflicts, 'conflicts'),
    event: (expected, { event }) => publishedEvent(expected, event),
    latency: (expected, { latencyMs }) => (latencyMs === undefined ? [noLatency] : duration(expected, latencyMs, 'the change')),
    routingScore: (expected, { routingScore }) => matchValue(expected, routingScore, 'routingScore'),
  },
  implied: availabilityDisappoints,
  outputs: (observation) => observation,
}

const noLatency = {
  code: 'LATENCY_UNKNOWN',
  message: 'no answer tells how long the change took: none was made, or the answer to it was lost',
  inconclusive: true,
}
