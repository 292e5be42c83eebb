import { changeWorkMode, getAgent } from '../api/resources/agents.ts'
import { publishAvailabilityChange } from '../api/resources/events.ts'
import type { Send } from '../api/send.ts'
import type { AgentChange } from './agent-change.ts'
import type { LeftJob } from './left-jobs.ts'
import type { SweepOptions, Swept } from './sweep-job.ts'

type ChangedAgent = LeftJob & { readonly id: string; readonly change: AgentChange }

/**
 * Makes an agent again what it was before a scenario changed it, on the condition that it is as it was just read. One that is no longer
 * what the scenario made of it is somebody else's by now, and left alone.
 */
export async function sweepAgent(send: Send, job: ChangedAgent, { isDryRun, now }: SweepOptions): Promise<Swept> {
  const { id: agentId, change } = job
  const { to, from, skillLevels } = change
  const { etag, workModeId } = await getAgent(send, agentId)
  if (workModeId === from && skillLevels.length === 0) return { job, state: 'over', message: `it is in ${from}, as it was` }
  if (workModeId !== to) return { job, state: 'over', message: `it is in ${workModeId ?? 'no work mode'}, which the run did not ask for` }
  if (isDryRun) return { job, state: 'changed', message: `it is in ${to}, and would be put back into ${from}` }
  const timestamp = now().toISOString()
  const answer = await changeWorkMode(send, {
    ...{ agentId, etag, workModeId: from, skillLevels },
    reason: 'put back after a run of cxspec that died',
    metadata: { source: 'cxspec', timestamp },
  })
  if (answer.kind === 'conflict') return { job, state: 'changed', message: 'somebody else changed it just now: sweep again' }
  if (change.publish) await publishAvailabilityChange(send, { agentId, previousState: to, newState: from, syncTimestamp: timestamp })
  return { job, state: 'undone', message: `it was in ${to}, and is put back into ${from}` }
}
