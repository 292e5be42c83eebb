import type { FlowEdition } from '../../flow/coverage/edition.ts'
import { coverageOf } from '../../flow/coverage/flow-coverage.ts'
import { FlowTally, type Verdict } from '../../flow/coverage/flow-tally.ts'
import { addShares, type Metric, NOTHING, type Share } from '../../flow/coverage/metric.ts'
import { replay } from '../../flow/coverage/replay.ts'
import { walkTrace } from '../../flow/coverage/walk-trace.ts'
import { waysToUncovered } from '../../flow/coverage/ways-to-uncovered.ts'
import type { Library } from '../../flow/library.ts'
import type { RunEvent, RunStarted } from '../../model/event.ts'
import type { Trace } from '../../model/trace.ts'
import { type CallOnRecord, CallsOfRun } from './calls-of-run.ts'
import type { Coverage, CoveredFlow, CoveredRun, StrayCall } from './coverage.ts'
import { EditionsOfRun, type Substitute } from './editions.ts'

/** Calls that do not fit, of each flow: more say nothing new. */
const MAX_STRAYS = 10

/** What was counted for one edition of a flow. */
interface Counted {
  readonly edition: FlowEdition
  readonly tally: FlowTally
  readonly runIds: Set<string>
  /** When the latest run started that has met it, then the order in which it was met. */
  latest: string
}

/**
 * Counts what the calls of runs go through, by their events: live, or from any number of journals, one behind the other. Editions of a
 * flow that hold something else are counted apart.
 */
export class CoverageCollector {
  readonly #substitute: Substitute
  readonly #calls = new CallsOfRun((call, verdict) => this.#count(call, verdict))
  readonly #read = new Map<string, FlowEdition>()
  readonly #counted = new Map<string, Counted>()
  readonly #called = new Set<string>()
  readonly #strays: StrayCall[] = []
  readonly #substituted = new Map<string, Set<string>>()
  readonly #unmeasured = new Map<string, string>()
  /** The same of flows that no call has entered. */
  readonly #unknown = new Map<string, string>()
  readonly #runs: CoveredRun[] = []
  #run: RunStarted | undefined
  #editions = new EditionsOfRun(this.#read)
  #order = 0

  /** `substitute` is asked for definitions that a run does not tell. @default there are none */
  constructor(substitute: Substitute = () => undefined) {
    this.#substitute = substitute
  }

  on(event: RunEvent): void {
    if (event.type === 'run-started') this.#begin(event)
    else if (event.type === 'flow-seen') this.#editions.add(event)
    else this.#calls.on(event)
  }

  /** What came of it, once all events are told. */
  coverage(): Coverage {
    this.#calls.end()
    const flows = this.#flows()
    const current = flows.filter(({ isCurrent }) => isCurrent)
    const library: Library = new Map(current.map(({ edition }) => [edition.flow.flowId, edition.flow]))
    const called = [...this.#called].filter((flowId) => library.has(flowId)).sort()
    return {
      flows,
      shares: totalsOf(current),
      ways: waysToUncovered(current, library, new Set(called)),
      unmeasured: [...this.#unmeasured]
        .map(([flowId, why]) => ({ flowId, why }))
        .filter(({ flowId }) => !library.has(flowId))
        .sort(byFlowId),
      strays: this.#strays,
      notes: [...editionNotes(flows), ...this.#substituteNotes(), ...this.#gapNotes(library)],
      runs: this.#runs,
    }
  }

  #begin(event: RunStarted): void {
    this.#calls.end()
    this.#run = event
    this.#runs.push({ runId: event.runId, startedAt: event.startedAt, target: event.target.name })
    this.#editions = new EditionsOfRun(this.#read)
  }

  #count({ scenario, trace, request }: CallOnRecord, verdict: Verdict): void {
    const editions = this.#editions
    this.#called.add(trace.flowId)
    editions.require(trace.flowId, this.#substitute)
    this.#noteProblems(editions, trace)
    const { library, byFlowId, isEmulated } = editions.current
    for (const edition of byFlowId.values()) this.#countedOf(edition)
    if (!library.has(trace.flowId)) return
    const told = (isEmulated && replay(trace, request, library)) || trace
    const seen = new Set<FlowEdition>()
    for (const sighting of walkTrace(told, library, { isEmulated })) {
      if (sighting.kind === 'stray') this.#stray({ flowId: trace.flowId, scenario, why: sighting.why })
      else {
        const edition = byFlowId.get(sighting.flow.flowId)
        if (!edition) continue
        seen.add(edition)
        this.#countedOf(edition).tally.add(sighting, verdict)
      }
    }
    for (const edition of seen) this.#countedOf(edition).tally.calls[verdict] += 1
  }

  #noteProblems({ problems, substituted }: EditionsOfRun, trace: Trace): void {
    for (const [flowId, why] of problems) (isCalled(flowId, trace) ? this.#unmeasured : this.#unknown).set(flowId, why)
    for (const flowId of substituted) {
      const runs = this.#substituted.get(flowId) ?? new Set()
      this.#substituted.set(flowId, runs.add(this.#run?.runId ?? ''))
    }
  }

  #countedOf(edition: FlowEdition): Counted {
    const key = `${edition.flow.flowId} ${edition.fingerprint} ${edition.version ?? ''}`
    const counted = this.#counted.get(key) ?? { edition, tally: new FlowTally(), runIds: new Set<string>(), latest: '' }
    this.#counted.set(key, counted)
    const { runId = '', startedAt = '' } = this.#run ?? {}
    if (!counted.runIds.has(runId)) {
      counted.runIds.add(runId)
      this.#order += 1
      const met = `${startedAt} ${String(this.#order).padStart(9, '0')}`
      if (met > counted.latest) counted.latest = met
    }
    return counted
  }

  #stray(call: StrayCall): void {
    if (this.#strays.filter(({ flowId }) => flowId === call.flowId).length < MAX_STRAYS) this.#strays.push(call)
  }

  /** The latest edition of each flow first. */
  #flows(): CoveredFlow[] {
    const all = [...this.#counted.values()].sort((one, other) => {
      const [a, b] = [one.edition.flow.flowId, other.edition.flow.flowId]
      return a === b ? (one.latest > other.latest ? -1 : 1) : a < b ? -1 : 1
    })
    return all.map(({ edition, tally, runIds }, index) => ({
      ...coverageOf(edition, tally),
      isCurrent: all[index - 1]?.edition.flow.flowId !== edition.flow.flowId,
      runs: runIds.size,
    }))
  }

  /** Flows of which only some runs tell a definition, and those that were not entered. */
  #gapNotes(library: Library): string[] {
    const partly = [...this.#unmeasured].flatMap(([flowId, why]) =>
      library.has(flowId) ? [`calls into flow "${flowId}" are left out where its definition is not known: ${why}`] : [],
    )
    const untouched = [...this.#unknown].flatMap(([flowId, why]) =>
      library.has(flowId) || this.#unmeasured.has(flowId) ? [] : [`flow "${flowId}", which others call, is not counted: ${why}`],
    )
    return [...partly, ...untouched]
  }

  #substituteNotes(): string[] {
    return [...this.#substituted].map(
      ([flowId, { size }]) =>
        `${size === 1 ? 'the run does' : `${size} runs do`} not tell the definition of flow "${flowId}": it was taken from the file as it is now`,
    )
  }
}

function totalsOf(flows: readonly CoveredFlow[]): Readonly<Record<Metric, Share>> {
  const sum = (metric: Metric): Share => flows.reduce((share, { shares }) => addShares(share, shares[metric]), NOTHING)
  return {
    nodes: sum('nodes'),
    branches: sum('branches'),
    pairs: sum('pairs'),
    entries: sum('entries'),
    exits: sum('exits'),
    subFlows: sum('subFlows'),
  }
}

/** Whether a call went into the flow. */
function isCalled(flowId: string, { flowId: called, visits }: Trace): boolean {
  return flowId === called || visits.some(({ node }) => node.startsWith(`${flowId}/`))
}

/** Where a flow has changed, what is counted for whom. */
function editionNotes(flows: readonly CoveredFlow[]): string[] {
  return flows.flatMap(({ edition, isCurrent }) => {
    const { flowId } = edition.flow
    const own = flows.filter((other) => other.edition.flow.flowId === flowId)
    if (!isCurrent || own.length === 1) return []
    const versions = new Set(own.map((other) => other.edition.version ?? ''))
    const silently = versions.size < own.length ? ', some of them under the same version' : ''
    const latest = edition.version === undefined ? 'the latest' : `the latest, version ${edition.version},`
    return [
      `flow "${flowId}" changed between calls: its ${own.length} editions${silently} are counted apart, and only ${latest} counts in the totals`,
    ]
  })
}

function byFlowId(one: { readonly flowId: string }, other: { readonly flowId: string }): number {
  return one.flowId < other.flowId ? -1 : 1
}
