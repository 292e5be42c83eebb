import { backoffMs } from '../../api/backoff.ts'
import { findSimulations, type ListedSimulation, type SimulationReply, startSimulation } from '../../api/resources/dialer-simulations.ts'
import { formatDuration } from '../../model/duration.ts'
import { type ProblemCode, ProblemError } from '../../model/problem.ts'
import type { StepContext } from '../step-kind.ts'
import type { OwnSimulation } from './own-simulation.ts'
import { refusedByTarget } from './refused.ts'
import type { SimulationPlan } from './simulation-plan.ts'

/** A simulation that the target has accepted. */
export interface Started {
  readonly id: string
  readonly state: string
  /** Of the answers that told, in milliseconds. */
  readonly latenciesMs: readonly number[]
  readonly correlationId?: string
}

/** After these, the target may have started what was asked for. */
const UNCERTAIN: readonly ProblemCode[] = ['UNKNOWN_OUTCOME', 'PROTOCOL_ERROR', 'ANSWER_TOO_LARGE']

/** So often a start is sent that turns out to have had no effect. */
const MAX_SENDINGS = 3

/** A start that was cut off may still be on its way: only when all these looks find nothing has it had no effect. */
const LOOK_AFTER_MS = [0, 500, 1_500]

/** Nobody asks for a turn more often. */
const SHORTEST_WAIT_MS = 100

/**
 * Starts a simulation, and never a second one: where nobody knows what became of the request, the simulation is looked for by its tag
 * before it is asked for again. While the organization has all its active simulations (409), waits for a turn, parked. Rejects with a
 * `ProblemError`: `INVALID_STEP` for what the target refuses, `RATE_LIMITED` where no turn came in time, `UNKNOWN_OUTCOME` where the
 * simulation may run and cannot be looked for.
 */
export async function startOnce(plan: SimulationPlan, own: OwnSimulation, context: StepContext): Promise<Started> {
  return new Starter(plan, own, context).start()
}

class Starter {
  readonly #plan: SimulationPlan
  readonly #own: OwnSimulation
  readonly #context: StepContext
  readonly #sinceMs: number
  readonly #latenciesMs: number[] = []
  #refusals = 0
  #sendings = 0

  constructor(plan: SimulationPlan, own: OwnSimulation, context: StepContext) {
    this.#plan = plan
    this.#own = own
    this.#context = context
    this.#sinceMs = context.clock.now()
  }

  async start(): Promise<Started> {
    for (;;) {
      const reply = await this.#send()
      if (reply === undefined) continue
      if ('state' in reply) return this.#begin(reply)
      this.#own.notStarted()
      if (reply.kind === 'refused') throw refusedByTarget(reply, { ...this.#plan.request })
      await this.#waitForTurn()
    }
  }

  /** What the target said, or the simulation that was found; `undefined` where it certainly was not started. */
  async #send(): Promise<SimulationReply | (ListedSimulation & { readonly correlationId?: string }) | undefined> {
    this.#own.sending()
    try {
      const reply = await startSimulation(this.#context.send, this.#plan.request)
      this.#latenciesMs.push(reply.latencyMs)
      return reply
    } catch (error) {
      this.#context.signal.throwIfAborted()
      if (!(error instanceof ProblemError)) throw error
      if (UNCERTAIN.includes(error.problem.code)) return this.#lookFor(error)
      this.#own.notStarted()
      throw error
    }
  }

  async #lookFor(cause: ProblemError): Promise<ListedSimulation | undefined> {
    this.#sendings += 1
    for (const afterMs of LOOK_AFTER_MS) {
      if (afterMs > 0) await this.#sleep(afterMs)
      const found = await this.#find(cause)
      if (found === undefined) throw this.#unknown(cause)
      const [first] = found
      if (first) return first
    }
    this.#own.notStarted()
    if (this.#sendings >= MAX_SENDINGS) throw this.#neverStarted(cause)
    return undefined
  }

  async #find(cause: ProblemError): Promise<readonly ListedSimulation[] | undefined> {
    try {
      return await findSimulations(this.#context.send, this.#plan.tag)
    } catch (error) {
      this.#context.signal.throwIfAborted()
      if (error instanceof ProblemError) throw this.#unknown(cause)
      throw error
    }
  }

  /** Where a start was sent again, the first one may have been on its way all the while: its simulation is not ours to keep. */
  async #begin({ id, state, correlationId }: ListedSimulation & { readonly correlationId?: string }): Promise<Started> {
    this.#own.started(id)
    if (this.#sendings > 0) await this.#stopOthers(id)
    return { id, state, latenciesMs: this.#latenciesMs, ...(correlationId !== undefined && { correlationId }) }
  }

  async #stopOthers(id: string): Promise<void> {
    const found = await findSimulations(this.#context.send, this.#plan.tag).catch((error: unknown) => {
      if (error instanceof ProblemError) return []
      throw error
    })
    for (const other of found ?? []) if (other.id !== id) await this.#own.stop(this.#context.send, other.id)
  }

  async #waitForTurn(): Promise<void> {
    this.#refusals += 1
    const { clock, random, deadlineAtMs = Number.POSITIVE_INFINITY } = this.#context
    const waitMs = Math.max(SHORTEST_WAIT_MS, backoffMs(this.#refusals, random))
    if (clock.now() + waitMs >= deadlineAtMs) throw this.#noTurn()
    await this.#sleep(waitMs)
  }

  #sleep(ms: number): Promise<void> {
    const { clock, signal, park } = this.#context
    return park(() => clock.sleep(ms, signal))
  }

  #noTurn(): ProblemError {
    const waited = formatDuration(this.#context.clock.now() - this.#sinceMs)
    return new ProblemError({
      code: 'RATE_LIMITED',
      message: `the organization had all its active simulations at ${this.#refusals} tries (409): no turn came within ${waited}, and the time of the step is over`,
      advice: 'raise "within", or look at the platform for simulations that nobody needs any more',
      details: { status: 409, tries: this.#refusals },
    })
  }

  #unknown({ problem }: ProblemError): ProblemError {
    const { tag } = this.#plan
    this.#own.left(undefined, 'the answer to its start never came, and the target cannot be asked for its tag')
    this.#own.notStarted()
    return new ProblemError({
      ...problem,
      code: 'UNKNOWN_OUTCOME',
      message: `${problem.message}; the simulation cannot be looked for by its tag`,
      advice: `look on the platform for a simulation with the tag ${tag}, and stop it`,
      details: { ...problem.details, tag },
    })
  }

  #neverStarted({ problem }: ProblemError): ProblemError {
    return new ProblemError({
      ...problem,
      code: 'SERVER_ERROR',
      message: `${problem.message}; it was sent ${this.#sendings} times, and no simulation with its tag was ever found`,
      details: { ...problem.details, tag: this.#plan.tag },
    })
  }
}
