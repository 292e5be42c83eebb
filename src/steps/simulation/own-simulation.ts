import { findSimulations, getSimulation, stopSimulation } from '../../api/resources/dialer-simulations.ts'
import type { Send } from '../../api/send.ts'
import { ProblemError } from '../../model/problem.ts'
import type { JobLife } from '../job-life.ts'
import type { StepContext } from '../step-kind.ts'

/** How simulations are called in events. */
export const SIMULATION = 'simulation'

/** The target is free to name what comes before the end. */
export const SIMULATION_LIFE: JobLife = { open: 'any', ended: ['completed', 'failed'] }

/**
 * What a step has started, or may have: so that it can be stopped whatever happens, or else is told as left running by its id or its tag.
 */
export class OwnSimulation {
  readonly #tag: string
  readonly #context: StepContext
  #id: string | undefined
  /** A start was sent, and nobody knows yet what became of it. */
  #mayRun = false

  constructor(tag: string, context: StepContext) {
    this.#tag = tag
    this.#context = context
  }

  /** To be called before a start is sent. */
  sending(): void {
    this.#mayRun = true
  }

  /** The target said that it started nothing. */
  notStarted(): void {
    this.#mayRun = false
  }

  started(id: string): void {
    this.#id = id
    this.#mayRun = false
  }

  /** Stops what was started. Resolves in any case, unless the time to tidy up is over: then what is left is told as well. */
  async tidyUp(send: Send): Promise<void> {
    try {
      if (this.#id !== undefined) await this.stop(send, this.#id)
      else if (this.#mayRun) await this.#stopUnknown(send)
    } catch (error) {
      this.left(this.#id, error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  /** Stops one simulation, or tells that it is left. Rejects only where the time is over. */
  async stop(send: Send, id: string): Promise<void> {
    const refusal = await refusalOf(() => stopSimulation(send, id))
    if (refusal === undefined) this.#stopped(id)
    else if (!(await hasEnded(send, id))) this.left(id, refusal)
  }

  /** Puts it on the list of what somebody has to look after. */
  left(id: string | undefined, error: string): void {
    this.#context.note({ job: SIMULATION, ...(id !== undefined && { id }), tag: this.#tag, phase: 'left', error })
  }

  #stopped(id: string): void {
    this.#context.job({ job: SIMULATION, id, status: 'stopped', ended: true, tag: this.#tag })
    this.#context.note({ job: SIMULATION, id, tag: this.#tag, phase: 'stopped' })
  }

  async #stopUnknown(send: Send): Promise<void> {
    const found = await findSimulations(send, this.#tag).catch(passOver)
    if (found === undefined) this.left(undefined, 'it was being started, and the target cannot be asked for its tag')
    else for (const { id, state } of found) if (!SIMULATION_LIFE.ended.includes(state)) await this.stop(send, id)
  }
}

/** Why it was not stopped, as the end of a sentence; `undefined` where it was. */
async function refusalOf(stop: () => Promise<boolean>): Promise<string | undefined> {
  try {
    return (await stop()) ? undefined : 'the target does not stop simulations'
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.message
    throw error
  }
}

async function hasEnded(send: Send, id: string): Promise<boolean> {
  const seen = await getSimulation(send, id).catch(passOver)
  return seen !== undefined && SIMULATION_LIFE.ended.includes(seen.simulation.state)
}

/** For what cannot be found out. An abort is no problem of the target's, and goes on. */
function passOver(error: unknown): undefined {
  if (error instanceof ProblemError) return undefined
  throw error
}
