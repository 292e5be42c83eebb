import type { Place, Pointer } from '../../model/place.ts'
import { openLocator } from '../../yaml/locate.ts'
import type { Flow } from '../flow.ts'
import type { Goal } from '../solve/goal.ts'
import type { Solution } from '../solve/solution.ts'
import type { FlowFinding } from './flow-finding.ts'
import { readSuppressions } from './suppressions.ts'

/** A finding whose place, and the input that leads there, are still to be worked out. */
export interface Draft extends Omit<FlowFinding, 'place' | 'reach' | 'suppressed'> {
  /** What it is about, in the flow's file. */
  readonly at: Place | { readonly pointer: Pointer; readonly atKey?: boolean }
  /** What a caller has to do to get there. */
  readonly goal?: Goal
  /** Said where the way there was proven not to exist: then nobody is in danger. */
  readonly isMootUnreached?: boolean
}

/** Drafts as findings, in the order of the file. The text is parsed for places only where something is found. */
export function toFindings(flow: Flow, drafts: readonly Draft[], solutions: ReadonlyMap<Goal, Solution>): readonly FlowFinding[] {
  const kept = drafts.filter(({ goal, isMootUnreached }) => !(isMootUnreached && goal && solutions.get(goal)?.kind === 'unreachable'))
  if (kept.length === 0) return []
  const locator = openLocator(flow.source, flow.file)
  const reasonFor = readSuppressions(flow.source)
  const findings = kept.map(({ at, goal, isMootUnreached: _moot, ...finding }): FlowFinding => {
    const place = 'line' in at ? at : at.atKey ? locator.keyPlaceOf(at.pointer) : locator.placeOf(at.pointer)
    const reach = goal && solutions.get(goal)
    const suppressed = reasonFor(finding.rule, place.line)
    return { ...finding, place, ...(reach ? { reach } : {}), ...(suppressed === undefined ? {} : { suppressed }) }
  })
  return findings.toSorted((one, other) => lineOf(one) - lineOf(other) || columnOf(one) - columnOf(other))
}

function lineOf({ place }: FlowFinding): number {
  return place?.line ?? 0
}

function columnOf({ place }: FlowFinding): number {
  return place?.column ?? 0
}
