import { getExecution } from '../api/resources/data-actions.ts'
import { findSimulations, getSimulation, stopSimulation } from '../api/resources/dialer-simulations.ts'
import { getCompilation } from '../api/resources/flow-compile.ts'
import type { Send } from '../api/send.ts'
import { ProblemError } from '../model/problem.ts'
import type { LeftJob } from './left-jobs.ts'
import { sweepAgent } from './sweep-agent.ts'

/** What came of looking after one job. */
export interface Swept {
  readonly job: LeftJob
  /**
   * `over`: it had ended, or was never started; `stopped`: it was running, and we ended it; `running`: it runs, and was not ended (since
   * the API cannot, or in a dry run); `unknown`: nobody can tell whether it runs. Of agents, `undone`: it is what it was before the run;
   * `changed`: it is not.
   */
  readonly state: 'over' | 'stopped' | 'running' | 'unknown' | 'undone' | 'changed'
  /** One sentence for a person. */
  readonly message: string
}

/** How a sweep goes. */
export interface SweepOptions {
  /** Looks at everything and changes nothing. */
  readonly isDryRun: boolean
  readonly now: () => Date
}

const ENDED = { simulation: ['completed', 'failed', 'cancelled', 'canceled', 'stopped'], job: ['COMPLETED', 'FAILED'] }

/** Looks after one job, and stops it where the API can. Yields one entry for each job that was found. Rejects where the target cannot be asked. */
export async function sweepJob(send: Send, job: LeftJob, options: SweepOptions): Promise<Swept[]> {
  switch (job.kind) {
    case 'simulation':
      return sweepSimulation(send, job, options)
    case 'agent': {
      const { id, change } = job
      return id !== undefined && change ? [await sweepAgent(send, { ...job, id, change }, options)] : []
    }
    case 'compile':
      return [await lookAt(job, 'compilations', async (id) => (await getCompilation(send, job.subject ?? '', id)).status)]
    case 'execution':
      return [await lookAt(job, 'executions', (id) => statusOfExecution(send, job, id))]
  }
}

async function sweepSimulation(send: Send, job: LeftJob, options: SweepOptions): Promise<Swept[]> {
  if (job.id !== undefined) return [await endSimulation(send, { ...job, id: job.id }, options)]
  if (job.tag === undefined) return [unknown(job, 'and it carries no tag')]
  const found = await findSimulations(send, job.tag)
  if (!found) return [unknown(job, `and the target cannot be asked for its tag ${job.tag}`)]
  if (found.length === 0) return [{ job, state: 'over', message: 'it was never started' }]
  return Promise.all(found.map(({ id }) => endSimulation(send, { ...job, id }, options)))
}

async function endSimulation(send: Send, job: LeftJob & { readonly id: string }, { isDryRun }: SweepOptions): Promise<Swept> {
  const state = await known(async () => (await getSimulation(send, job.id)).simulation.state)
  if (state === undefined) return { job, state: 'over', message: 'the target does not know it any more' }
  if (ENDED.simulation.includes(state)) return { job, state: 'over', message: `it has ended: ${state}` }
  if (isDryRun) return { job, state: 'running', message: `it is ${state}, and would be stopped` }
  if (await stopSimulation(send, job.id)) return { job, state: 'stopped', message: `it was ${state}, and is stopped` }
  return { job, state: 'running', message: `it is ${state}, and the target does not stop simulations` }
}

/** Jobs that the API can neither stop nor look up. */
async function lookAt(job: LeftJob, plural: string, look: (id: string) => Promise<string | undefined>): Promise<Swept> {
  const { id } = job
  if (id === undefined) return unknown(job, `and the API has no way to look ${plural} up`)
  const status = await known(() => look(id))
  if (status === undefined) return { job, state: 'over', message: 'the target does not know it any more' }
  if (ENDED.job.includes(status)) return { job, state: 'over', message: `it has ended: ${status}` }
  return { job, state: 'running', message: `it is ${status}, and the API cannot stop ${plural}` }
}

async function statusOfExecution(
  send: Send,
  { subject = '', correlationId = '' }: LeftJob,
  executionId: string,
): Promise<string | undefined> {
  return (await getExecution(send, { actionId: subject, executionId, correlationId }))?.status
}

function unknown(job: LeftJob, why: string): Swept {
  return { job, state: 'unknown', message: `it may have been started, ${why}` }
}

/** `undefined` for what the target does not know. */
async function known<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'NOT_FOUND') return undefined
    throw error
  }
}
