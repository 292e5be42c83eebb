import { getShifts } from '../api/resources/agent-schedules.ts'
import { getAgentSkills } from '../api/resources/agent-skills.ts'
import { getAgent } from '../api/resources/agents.ts'
import { type AvailabilityChange, publishAvailabilityChange } from '../api/resources/events.ts'
import { routingScore } from '../assertions/routing-score.ts'
import type { JsonObject } from '../model/json.ts'
import type { AvailabilityOrder } from './availability-order.ts'
import { recordDispatch, recordEnd } from './availability-record.ts'
import { type ChangeEnd, changeInTries, type Ground } from './change-in-tries.ts'
import { refusalsOf } from './refusals.ts'
import { type Before, beforeOf, restoreAvailability } from './restore-availability.ts'
import type { AvailabilityObservation } from './set-availability.ts'
import type { StepContext } from './step-kind.ts'

/** Changes an agent of the target, and publishes that it has changed. Rejects with a `ProblemError` where nothing could be observed. */
export async function changeAvailability(order: AvailabilityOrder, context: StepContext): Promise<AvailabilityObservation> {
  const { agentId, workModeId, skillLevels, reason, source, now } = order
  const { send, clock, signal } = context
  const end = await changeInTries({
    ...{ send, clock, signal },
    change: { agentId, workModeId, skillLevels, reason, metadata: { source, timestamp: now.toISOString() } },
    read: () => readGround(order, context),
    onTry: recorderOfTries(order, context),
  })
  recordEnd(agentId, end, context)
  const event = end.kind === 'changed' ? eventOf(order, end.workModeId, { end, context }) : undefined
  if (event && order.publish) await publishAvailabilityChange(send, event)
  return observationOf(order, end, order.publish ? event : undefined)
}

/** The agent with all its skills and shifts, and what speaks against the change. */
async function readGround(order: AvailabilityOrder, { send, note, clock }: StepContext): Promise<Ground> {
  const { agentId } = order
  const profile = await getAgent(send, agentId)
  const skills = await getAgentSkills(send, agentId)
  const shifts = await getShifts(send, agentId)
  const refusals = refusalsOf({ at: clock.date(), ...order }, { skills, shifts })
  note({ job: 'availability', id: agentId, phase: 'validated', result: refusals.map(({ code }) => code) })
  return { profile, skills, refusals }
}

/** Records each try, and remembers what the agent was before the one that may have changed it, to put that back where the author asks for it. */
function recorderOfTries(order: AvailabilityOrder, context: StepContext): (event: 'sent' | 'unchanged', ground: Ground) => void {
  let before: Before | undefined
  if (order.restore) {
    context.atEnd(async (end) => {
      if (before) await restoreAvailability(order, before, end)
    })
  }
  return (event, ground) => {
    if (order.restore) before = event === 'sent' ? beforeOf(ground, order) : undefined
    if (event === 'sent') recordDispatch(order, ground, context, before && putBackOf(before, order))
  }
}

function putBackOf({ workModeId, skillLevels }: Before, { publish }: AvailabilityOrder): JsonObject {
  return { workModeId, skillLevels: skillLevels.map((skill) => ({ ...skill })), publish }
}

function eventOf(
  { agentId }: AvailabilityOrder,
  newState: string,
  { end, context }: { readonly end: ChangeEnd; readonly context: StepContext },
): AvailabilityChange {
  const previousState = end.ground.profile.workModeId ?? null
  return { agentId, previousState, newState, syncTimestamp: context.clock.date().toISOString() }
}

function observationOf(order: AvailabilityOrder, end: ChangeEnd, event: AvailabilityChange | undefined): AvailabilityObservation {
  const { workModeId: before } = end.ground.profile
  const workModeId = end.kind === 'changed' ? end.workModeId : before
  return {
    agentId: order.agentId,
    requestedWorkModeId: order.workModeId,
    outcome: end.kind,
    ...(workModeId === undefined ? {} : { workModeId }),
    ...(end.kind !== 'changed' || before === undefined ? {} : { previousWorkModeId: before }),
    refused: end.kind === 'refused' ? end.ground.refusals : [],
    conflicts: end.conflicts,
    routingScore: routingScore(order.skillLevels),
    ...(event ? { event } : {}),
    ...(end.kind !== 'changed' || end.latencyMs === undefined ? {} : { latencyMs: Math.round(end.latencyMs) }),
  }
}
