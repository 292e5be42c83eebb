import type { CallState } from '../../model/call-event.ts'
import type { CallEvent } from './call-event.ts'
import { CallRecord } from './call-record.ts'

/** So many names of unknown states are told. */
const NAMES_TOLD = 10

/** So many events that came before the target had told the simulation's id are kept. */
const MAX_EARLY = 10_000

/** What came in all, however often and in whatever order. */
export interface LedgerCounts {
  readonly received: number
  readonly duplicates: number
  readonly late: number
  readonly unknown: number
  readonly unknownStates: readonly string[]
}

/**
 * The calls of one simulation, as their events tell them. Its memory grows with the calls and not with the events: of each call one
 * {@link CallRecord} is kept, and of no more than twice the calls that were asked for.
 */
export class CallLedger {
  readonly #maxCalls: number
  readonly #calls = new Map<string, CallRecord>()
  readonly #unknownStates = new Set<string>()
  #early: CallEvent[] = []
  #simulationId: string | undefined
  #received = 0
  #duplicates = 0
  #late = 0
  #unknown = 0
  #ended = 0
  #hasClosed = false
  #onChange: () => void = () => undefined

  /** `callsRequested` is the simulation's `maxCalls`. */
  constructor(callsRequested: number) {
    this.#maxCalls = callsRequested * 2 + 1_000
  }

  /** Says which simulation this is about; what came before is looked at now. */
  identify(simulationId: string): void {
    this.#simulationId = simulationId
    const early = this.#early
    this.#early = []
    for (const event of early) this.#take(event)
  }

  add(event: CallEvent): void {
    this.#received += 1
    if (this.#hasClosed) this.#late += 1
    if (this.#simulationId !== undefined) this.#take(event)
    else if (this.#early.length < MAX_EARLY) this.#early.push(event)
    else this.#unknown += 1
    this.#onChange()
  }

  /** The target has said that the simulation is over: what comes from now on is late, and counts all the same. */
  close(): void {
    this.#hasClosed = true
  }

  /** Tells of every further event. */
  onChange(listener: () => void): void {
    this.#onChange = listener
  }

  /** The calls of which any event came. */
  get calls(): Iterable<CallRecord> {
    return this.#calls.values()
  }

  /** How many calls have ended, as far as events tell. */
  get ended(): number {
    return this.#ended
  }

  get counts(): LedgerCounts {
    return {
      received: this.#received,
      duplicates: this.#duplicates,
      late: this.#late,
      unknown: this.#unknown,
      unknownStates: [...this.#unknownStates].sort(),
    }
  }

  #take(event: CallEvent): void {
    const { state, stateName, simulationId } = event
    if (state === undefined && this.#unknownStates.size < NAMES_TOLD) this.#unknownStates.add(stateName)
    const record = simulationId === this.#simulationId && state !== undefined ? this.#recordOf(event.callId) : undefined
    if (record === undefined || state === undefined) this.#unknown += 1
    else this.#enter(record, { ...event, state })
  }

  #enter(record: CallRecord, event: CallEvent & { readonly state: CallState }): void {
    const hadEnded = record.end !== undefined
    if (!record.add(event)) this.#duplicates += 1
    if (!hadEnded && record.end !== undefined) this.#ended += 1
  }

  #recordOf(callId: string): CallRecord | undefined {
    const known = this.#calls.get(callId)
    if (known || this.#calls.size >= this.#maxCalls) return known
    const record = new CallRecord()
    this.#calls.set(callId, record)
    return record
  }
}
