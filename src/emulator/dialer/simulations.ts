import { type JobCourse, toldStatus, toldStatuses } from '../faults/job-course.ts'
import type { OpenJob } from '../history.ts'
import { told } from '../open-job.ts'
import type { EmulatorSettings } from '../options.ts'
import { createRandom } from '../random.ts'
import type { Outbox } from '../webhooks/outbox.ts'
import { callWebhook } from './call-webhook.ts'
import { injectedShares } from './outcomes.ts'
import { type CallEvent, simulateCalls } from './simulate-calls.ts'
import { Simulation, type SimulationPlan } from './simulation.ts'
import type { SimulationRequest } from './simulation-request.ts'

/** A simulation as the emulator keeps it. */
export interface SimulationJob {
  readonly record: OpenJob
  readonly simulation: Simulation
  readonly complianceBypassed: boolean
  /** What it tells instead of its own states. */
  readonly statuses?: readonly string[] | undefined
  checks: number
}

/** Simulations that are kept; of those that have ended the oldest is forgotten, and so unknown, when there are more. */
const MAX_SIMULATIONS = 10_000

/** The simulations of an organization. */
export class Simulations {
  readonly #settings: EmulatorSettings
  readonly #outbox: Outbox
  readonly #closing: AbortSignal
  readonly #jobs = new Map<string, SimulationJob>()
  readonly #active = new Set<SimulationJob>()
  readonly #counts = new Map<string, number>()

  constructor(settings: EmulatorSettings, outbox: Outbox, closing: AbortSignal) {
    this.#settings = settings
    this.#outbox = outbox
    this.#closing = closing
  }

  /** How many are active now. */
  activeCount(): number {
    this.advance()
    return this.#active.size
  }

  /** Starts a simulation; `record` is its entry in the history. */
  start(request: SimulationRequest, record: OpenJob, course?: JobCourse): SimulationJob {
    const { dialer } = this.#settings
    const { startedAtMs } = record
    const simulation = new Simulation({
      startedAtMs,
      queuedMs: dialer.queuedMs,
      speed: dialer.speed,
      calls: this.#callsOf(request),
      end: endOf(course),
      onCall: this.#tellerOf(request, record),
    })
    const job = this.#keep({ record, simulation, complianceBypassed: request.complianceBypass, course })
    if (request.webhookUrl && dialer.callEvents.length > 0) void this.#drive(simulation, record.id)
    return job
  }

  /** Adds a simulation of somebody else, whose only call takes `forMs`. */
  addForeign(record: OpenJob, forMs: number): void {
    const { startedAtMs } = record
    const end = Number.isFinite(forMs) ? 'completed' : 'never'
    const simulation = new Simulation({ startedAtMs, queuedMs: 0, speed: 1, calls: oneLongCall(forMs), end, onCall: () => undefined })
    this.#keep({ record, simulation, complianceBypassed: true })
  }

  /** `undefined` where there is none. */
  find(id: string): SimulationJob | undefined {
    this.advance()
    return this.#jobs.get(id)
  }

  /** In the order in which they were started; all of them without a tag. */
  withTag(tag: string | undefined): SimulationJob[] {
    this.advance()
    return [...this.#jobs.values()].filter(({ record }) => tag === undefined || record.tag === tag)
  }

  /** Ends a simulation; without effect where it has ended. */
  cancel(job: SimulationJob): void {
    job.simulation.cancel(this.#settings.clock.now())
    this.#outbox.finish(job.record.id)
    this.#settle(job)
  }

  /** The state of this moment, or the next one of the job's own list. It is added to the record. */
  tell(job: SimulationJob): string {
    const nowMs = this.#settings.clock.now()
    const state = job.simulation.state(nowMs)
    const isCancelled = job.record.endedAtMs !== undefined && state === 'failed'
    const shown = job.statuses && !isCancelled ? toldStatus(job.statuses, job.checks) : state
    job.checks += 1
    return told(job.record, shown, nowMs)
  }

  /** Lets everything happen that was to happen until now. */
  advance(): void {
    const nowMs = this.#settings.clock.now()
    for (const job of this.#active) {
      job.simulation.advance(nowMs)
      this.#settle(job)
    }
  }

  #callsOf({ campaignId, outcomeInjection, maxCalls, concurrencyLimit }: SimulationRequest): Iterator<CallEvent, void, undefined> {
    const { dialer, seed } = this.#settings
    const shares = outcomeInjection.enabled ? injectedShares(outcomeInjection) : dialer.profile.shares
    const kind = JSON.stringify([campaignId, shares, maxCalls, concurrencyLimit])
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return simulateCalls({ maxCalls, concurrencyLimit, profile: { ...dialer.profile, shares } }, createRandom(`${seed}:${kind}:${count}`))
  }

  #tellerOf({ webhookUrl }: SimulationRequest, { id }: OpenJob): (event: CallEvent) => void {
    if (!webhookUrl) return () => undefined
    const { dialer, clock } = this.#settings
    const listener = { simulationId: id, url: webhookUrl, states: dialer.callEvents, startedAt: clock.date() }
    return (event) => {
      const webhook = callWebhook(event, listener)
      if (webhook) this.#outbox.post(webhook)
    }
  }

  #keep({ course, ...job }: Omit<SimulationJob, 'checks' | 'statuses'> & { readonly course?: JobCourse | undefined }): SimulationJob {
    const kept = { ...job, statuses: toldStatuses(course, ['queued', 'running']), checks: 0 }
    this.#jobs.set(job.record.id, kept)
    this.#active.add(kept)
    if (this.#jobs.size > MAX_SIMULATIONS) this.#forgetOldest()
    return kept
  }

  #forgetOldest(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#active.has(job)) continue
      this.#jobs.delete(id)
      return
    }
  }

  /** Nobody may ask for a long time, and the listener is to be told all the same. */
  async #drive(simulation: Simulation, id: string): Promise<void> {
    const { clock } = this.#settings
    for (let nextMs = simulation.nextAtMs; nextMs !== undefined && !this.#closing.aborted; nextMs = simulation.nextAtMs) {
      await clock.sleep(nextMs - clock.now(), this.#closing).catch(() => undefined)
      if (!this.#closing.aborted) this.advance()
    }
    this.#outbox.finish(id)
  }

  #settle(job: SimulationJob): void {
    const { endedAtMs } = job.simulation
    if (endedAtMs === undefined) return
    job.record.endedAtMs = endedAtMs
    this.#active.delete(job)
  }
}

function endOf(course: JobCourse | undefined): SimulationPlan['end'] {
  if (course === 'stuck' || course === 'backward') return 'never'
  return course === 'failed' ? 'failed' : 'completed'
}

function* oneLongCall(forMs: number): Generator<CallEvent, void, undefined> {
  yield { call: 1, state: 'ringing', atMs: 0, durationMs: 0 }
  if (Number.isFinite(forMs)) yield { call: 1, state: 'completed', atMs: forMs, durationMs: forMs, outcome: 'answered' }
}
