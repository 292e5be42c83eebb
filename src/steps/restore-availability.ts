import { getAgent, type SkillLevel } from '../api/resources/agents.ts'
import { publishAvailabilityChange } from '../api/resources/events.ts'
import { ProblemError } from '../model/problem.ts'
import type { AvailabilityOrder } from './availability-order.ts'
import { recordDispatch, recordEnd } from './availability-record.ts'
import { type Changing, changeInTries, type Ground } from './change-in-tries.ts'
import type { EndContext } from './step-kind.ts'

/** What an agent was before a scenario changed it. */
export interface Before {
  readonly etag: string
  readonly workModeId: string
  /** Of the skills that were changed, as far as the target told how they were. */
  readonly skillLevels: readonly SkillLevel[]
}

/** What is to be put back. Throws a `ProblemError` (`INVALID_STEP`) where the agent had no work mode, since no change leads back to none. */
export function beforeOf({ profile, skills = [] }: Ground, order: AvailabilityOrder): Before {
  const { etag, workModeId } = profile
  if (workModeId === undefined) {
    const message = `agent "${order.agentId}" has no work mode that could be put back, so it is not changed`
    throw new ProblemError({ code: 'INVALID_STEP', message, advice: 'leave out restore: true' })
  }
  const changed = new Set(order.skillLevels.map(({ skillId }) => skillId))
  const skillLevels = skills.flatMap(({ skillId, level, concurrentInteractions }) =>
    changed.has(skillId) && typeof level === 'number' && typeof concurrentInteractions === 'number'
      ? [{ skillId, level, concurrentInteractions }]
      : [],
  )
  return { etag, workModeId, skillLevels }
}

/** Makes the agent again what it was. Does nothing where it still is. Rejects with a `ProblemError` where it cannot be put back. */
export async function restoreAvailability(order: AvailabilityOrder, before: Before, context: EndContext): Promise<void> {
  const { agentId, source, publish } = order
  const { send, clock, signal } = context
  const now = await getAgent(send, agentId)
  const isAsBefore = now.workModeId === before.workModeId && before.skillLevels.length === 0
  if (now.etag === before.etag || isAsBefore) return
  const timestamp = clock.date().toISOString()
  const change = { agentId, ...withoutEtag(before), reason: 'put back at the end of a scenario of cxspec', metadata: { source, timestamp } }
  const read = async (): Promise<Ground> => ({ profile: await getAgent(send, agentId), refusals: [] })
  const onTry: Changing['onTry'] = (event, ground) => {
    if (event === 'sent') recordDispatch(change, ground, context)
  }
  const end = await changeInTries({ send, clock, signal, change, read, onTry })
  recordEnd(agentId, end, context)
  if (end.kind !== 'changed') throw notPutBack(agentId, before)
  const previousState = end.ground.profile.workModeId ?? null
  if (publish) await publishAvailabilityChange(send, { agentId, previousState, newState: end.workModeId, syncTimestamp: timestamp })
}

function withoutEtag({ etag: _etag, ...change }: Before): Omit<Before, 'etag'> {
  return change
}

function notPutBack(agentId: string, { workModeId }: Before): ProblemError {
  return new ProblemError({
    code: 'REQUEST_REFUSED',
    message: `agent "${agentId}" could not be put back into "${workModeId}": somebody else changed it at the same time, three times`,
    advice: 'put it back on the platform; where scenarios share the agent, name it as their resource',
  })
}
