import type { AgentSkill } from '../api/resources/agent-skills.ts'
import { type AgentProfile, changeWorkMode, type WorkModeAnswer, type WorkModeChange } from '../api/resources/agents.ts'
import type { Refusal } from '../assertions/refused.ts'
import { type Problem, type ProblemCode, ProblemError } from '../model/problem.ts'
import type { StepContext } from './step-kind.ts'

/** An agent as it was just read, and what speaks against the change. */
export interface Ground {
  readonly profile: AgentProfile
  /** Absent where nobody asked for them. */
  readonly skills?: readonly AgentSkill[]
  readonly refusals: readonly Refusal[]
}

/** What came of a change. */
export type ChangeEnd = Change & {
  /** How often somebody else had changed the agent meanwhile. */
  readonly conflicts: number
  /** What the agent was before; where it was not changed, what it is. */
  readonly ground: Ground
}

type Change =
  /** `latencyMs` is absent where the answer was lost, and reading again showed that the change was made. */
  | { readonly kind: 'changed'; readonly workModeId: string; readonly latencyMs?: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'conflict' }

/** What a change needs of the world. */
export interface Changing extends Pick<StepContext, 'send' | 'clock' | 'signal'> {
  readonly change: Omit<WorkModeChange, 'etag'>
  /** Reads the agent, and all that may speak against the change, anew. */
  readonly read: () => Promise<Ground>
  /** Told before each try, and of one that certainly changed nothing. */
  readonly onTry?: (event: 'sent' | 'unchanged', ground: Ground) => void
}

const MAX_TRIES = 3
/** The API's documentation: time between two tries. */
const BETWEEN_TRIES_MS = 200

/** The answer is missing, or is a success that cannot be read. */
const UNKNOWN: readonly ProblemCode[] = ['UNKNOWN_OUTCOME', 'PROTOCOL_ERROR', 'ANSWER_TOO_LARGE']

/**
 * Changes an agent on the ground of what was just read. Where somebody else was faster, it is read and judged anew, three tries in all,
 * 200 ms apart. A change whose answer was lost is not sent again blindly: reading the agent again shows whether it was made. Rejects
 * with a `ProblemError` where that cannot be found out.
 */
export async function changeInTries(changing: Changing): Promise<ChangeEnd> {
  let conflicts = 0
  let ground = await changing.read()
  for (let number = 1; ; number += 1) {
    if (ground.refusals.length > 0) return { kind: 'refused', conflicts, ground }
    const tried = await tryOnce(changing, ground)
    if (tried.kind === 'changed') return { ...tried, conflicts, ground }
    await changing.clock.sleep(BETWEEN_TRIES_MS, changing.signal)
    const before = ground
    ground = await changing.read()
    if (tried.kind === 'unknown' && isDone(changing, before, ground)) {
      return { kind: 'changed', workModeId: changing.change.workModeId, conflicts, ground: before }
    }
    if (tried.kind === 'conflict' || ground.profile.etag !== before.profile.etag) conflicts += 1
    if (number < MAX_TRIES) continue
    if (tried.kind === 'unknown') throw new ProblemError(tried.problem)
    return { kind: 'conflict', conflicts, ground }
  }
}

type Tried = WorkModeAnswer | { readonly kind: 'unknown'; readonly problem: Problem }

async function tryOnce({ change, send, signal, onTry }: Changing, ground: Ground): Promise<Tried> {
  onTry?.('sent', ground)
  try {
    const answer = await changeWorkMode(send, { ...change, etag: ground.profile.etag })
    if (answer.kind === 'conflict') onTry?.('unchanged', ground)
    return answer
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError) || !UNKNOWN.includes(error.problem.code)) throw error
    return { kind: 'unknown', problem: error.problem }
  }
}

/** The agent is not what it was, and is what it should become. */
function isDone({ change }: Changing, before: Ground, now: Ground): boolean {
  return now.profile.etag !== before.profile.etag && now.profile.workModeId === change.workModeId
}
