import type { RunEvent } from '../model/event.ts'
import type { JsonObject } from '../model/json.ts'

/** What can be told: a compilation has another status; a run started; it came to its end. */
export type NotificationKind = 'compile-changed' | 'run-started' | 'run-finished'

/** Something to tell whoever wants to know. */
export interface Notification {
  readonly kind: NotificationKind
  /** Unique over all runs, and the same for every try to deliver it. */
  readonly id: string
  readonly body: JsonObject
}

/** How scenarios ended, as a notification tells it; `flaky` ones are counted under `passed` as well. */
type Counts = Record<'passed' | 'failed' | 'errored' | 'skipped' | 'inconclusive' | 'notRun' | 'flaky' | 'filesRefused', number>

/** Follows the events of a run, and knows what there is to tell at each of them. */
export class Notifications {
  readonly #counts: Counts = { passed: 0, failed: 0, errored: 0, skipped: 0, inconclusive: 0, notRun: 0, flaky: 0, filesRefused: 0 }
  #runId = ''
  #startedAtMs = 0
  #made = 0

  /** `undefined` where an event is nothing to tell. */
  of(event: RunEvent): Notification | undefined {
    switch (event.type) {
      case 'run-started': {
        this.#runId = event.runId
        this.#startedAtMs = Date.parse(event.startedAt)
        return this.#make('run-started', { runId: event.runId, status: 'started', target: event.target.name, ...this.#at(event) })
      }
      case 'job-changed': {
        if (event.job !== 'compile') return undefined
        return this.#make('compile-changed', { flowId: event.subject, compileId: event.id, status: event.status, ...this.#at(event) })
      }
      case 'run-finished': {
        const { exitCode, interruption, atMs: durationMs } = event
        const early = interruption === undefined ? {} : { interruption }
        const end = { exitCode, durationMs, ...early, counts: { ...this.#counts } }
        return this.#make('run-finished', { runId: this.#runId, status: 'finished', ...end, ...this.#at(event) })
      }
      default:
        this.#count(event)
        return undefined
    }
  }

  #make(kind: NotificationKind, body: JsonObject): Notification {
    this.#made += 1
    return { kind, id: `${this.#runId}.${this.#made}`, body }
  }

  #at({ atMs }: RunEvent): { readonly timestamp: string } {
    return { timestamp: new Date(this.#startedAtMs + atMs).toISOString() }
  }

  #count(event: RunEvent): void {
    if (event.type === 'file-refused') this.#counts.filesRefused += 1
    if (event.type !== 'scenario-finished') return
    const { outcome, tries } = event
    this.#counts[outcome.status === 'not-run' ? 'notRun' : outcome.status] += 1
    if (outcome.status === 'passed' && tries > 1) this.#counts.flaky += 1
  }
}
