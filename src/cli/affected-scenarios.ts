import { calledFlows } from '../flow/coverage/edition.ts'
import { compareTraces, type Rerouted } from '../flow/impact/compare-traces.ts'
import type { FlowChange } from '../flow/impact/flow-change.ts'
import { type PassedChanges, passedChanges } from '../flow/impact/passed-changes.ts'
import type { Library } from '../flow/library.ts'
import type { Json } from '../model/json.ts'
import type { Scenario, Suite } from '../model/suite.ts'
import type { Trace } from '../model/trace.ts'
import { type Rehearse, rehearsal } from './rehearse.ts'

/** What a change of flows means for a scenario, the worst of its steps. */
export interface AffectedScenario {
  readonly file: string
  readonly scenario: Scenario
  /**
   * `rerouted`: a call goes another way. `changed`: the same way, with other variables, routing or ends. `passes`: the same, but through what
   * changed. `names`: it is about a flow that changed, and what it does there is not known without a target.
   */
  readonly effect: 'rerouted' | 'changed' | 'passes' | 'names'
  /** What of the changes its calls pass through, before or after. */
  readonly passes: readonly string[]
  /** The first call that goes another way. */
  readonly reroute?: Reroute
  /** How its calls end by what it expects of them. */
  readonly verdict: { readonly before: Verdict; readonly after: Verdict }
}

/** `open`: nothing that can be judged without a target. */
type Verdict = 'passed' | 'failed' | 'open'

/** A call that goes another way. */
export interface Reroute extends Rerouted {
  readonly pathBefore: readonly string[]
  readonly pathAfter: readonly string[]
}

/** Two versions of flows, and how they differ. */
export interface Versions {
  readonly before: Library
  readonly after: Library
  readonly changes: readonly FlowChange[]
}

/** What earlier runs saw: the traces of each scenario's calls in their order, by its id. */
export type EarlierTraces = ReadonlyMap<string, readonly Trace[]>

/** Finds the scenarios that a change of flows affects, in their order, by going through them on both versions. */
export async function affectedScenarios(
  suites: Iterable<Suite>,
  versions: Versions,
  date: () => Date,
  earlier: EarlierTraces = new Map(),
): Promise<AffectedScenario[]> {
  const compare = comparer(versions, date, earlier)
  const affected: AffectedScenario[] = []
  for (const { file, scenarios } of suites) {
    for (const scenario of scenarios) {
      const found = await compare(scenario)
      if (found) affected.push({ file, scenario, ...found })
    }
  }
  return affected
}

type Compared = Omit<AffectedScenario, 'file' | 'scenario'>

function comparer(
  { before, after, changes }: Versions,
  date: () => Date,
  earlier: EarlierTraces,
): (scenario: Scenario) => Promise<Compared | undefined> {
  const [old, now] = [rehearsal(before, date), rehearsal(after, date)]
  const [passedBefore, passedAfter] = [passedChanges(changes, 'before'), passedChanges(changes, 'after')]
  const isTouched = touchedFlows([before, after], changes)
  return async (scenario) => {
    const [one, other] = [await perform(old, scenario), await perform(now, scenario)]
    const seen = earlier.get(scenario.id) ?? one.traces
    const passes = [...new Set([...passed(passedBefore, seen), ...passed(passedAfter, other.traces)])]
    const { reroute, isOther } = differences(seen, other.traces)
    const isJudgedOtherwise = one.verdict !== other.verdict
    const isNamed = other.leftOut.some(({ input }) => isTouched(input['flowId']))
    const effect = reroute
      ? 'rerouted'
      : isOther || isJudgedOtherwise
        ? 'changed'
        : passes.length > 0
          ? 'passes'
          : isNamed
            ? 'names'
            : undefined
    if (!effect) return undefined
    return { effect, passes, ...(reroute ? { reroute } : {}), verdict: { before: one.verdict, after: other.verdict } }
  }
}

interface Performance {
  readonly traces: readonly Trace[]
  readonly leftOut: Scenario['steps']
  readonly verdict: Verdict
}

/** Goes on behind what is unmet, so that every call is compared. */
async function perform(rehearse: Rehearse, scenario: Scenario): Promise<Performance> {
  const traces: Trace[] = []
  const leftOut: Scenario['steps'][number][] = []
  const met: boolean[] = []
  for await (const done of rehearse(scenario)) {
    if (done.kind === 'left-out') leftOut.push(done.step)
    else {
      if (done.trace) traces.push(done.trace)
      met.push(done.kind === 'called' && done.findings.length === 0)
    }
  }
  return { traces, leftOut, verdict: met.length === 0 ? 'open' : met.every(Boolean) ? 'passed' : 'failed' }
}

function passed(passes: PassedChanges, traces: readonly Trace[]): readonly string[] {
  return traces.flatMap(passes)
}

function differences(before: readonly Trace[], after: readonly Trace[]): { readonly reroute?: Reroute; readonly isOther: boolean } {
  let isOther = false
  for (const [index, old] of before.entries()) {
    const now = after[index]
    const difference = now && compareTraces(old, now)
    if (now && difference?.kind === 'rerouted')
      return { reroute: { ...difference, pathBefore: pathOf(old), pathAfter: pathOf(now) }, isOther: true }
    isOther ||= difference !== undefined
  }
  return { isOther }
}

function pathOf({ visits }: Trace): string[] {
  return visits.map(({ node }) => node)
}

/** Whether a flow has changed, or leads into one that has, however deep. */
function touchedFlows(libraries: readonly Library[], changes: readonly FlowChange[]): (flowId: Json | undefined) => boolean {
  const touched = new Set(changes.filter(({ kind }) => kind !== 'same').map(({ flowId }) => flowId))
  const flows = libraries.flatMap((library) => [...library.values()])
  for (let size = -1; size !== touched.size; ) {
    size = touched.size
    for (const flow of flows) if (calledFlows(flow).some((flowId) => touched.has(flowId))) touched.add(flow.flowId)
  }
  return (flowId) => typeof flowId === 'string' && touched.has(flowId)
}
