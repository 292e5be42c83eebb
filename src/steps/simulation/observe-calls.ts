import { type Accuracy, CALL_OUTCOMES, type Injection, type SimulatedCalls } from '../../model/simulation.ts'
import { Histogram } from '../histogram.ts'
import type { CallLedger } from './call-ledger.ts'
import type { CallRecord } from './call-record.ts'
import { callsInFlight } from './calls-in-flight.ts'

/** What the events of a simulation's calls add up to; `undefined` where none came of which anything is known. */
export function observeCalls(ledger: CallLedger, injected: Injection): SimulatedCalls | undefined {
  const calls = [...ledger.calls]
  if (calls.length === 0) return undefined
  const ended = calls.filter(({ end }) => end !== undefined)
  const duration = durationsOf(ended)
  const inFlight = callsInFlight(ended.flatMap(({ interval }) => interval ?? []))
  return {
    seen: calls.length,
    ended: ended.length,
    outcomes: countOutcomes(ended),
    answered: ended.filter(({ outcome }) => outcome === 'answered').length,
    abandoned: ended.filter(({ end }) => end === 'abandoned').length,
    failed: ended.filter(({ end }) => end === 'failed').length,
    contradictory: calls.filter(({ isContradictory }) => isContradictory).length,
    ...(duration && { duration }),
    ...(inFlight && { inFlight }),
    ...(injected.enabled && { accuracy: accuracyOf(ended, injected) }),
  }
}

function countOutcomes(calls: readonly CallRecord[]): Record<string, number> {
  const counts = new Map<string, number>(CALL_OUTCOMES.map((outcome) => [outcome, 0]))
  for (const { outcome } of calls) if (outcome !== undefined) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function durationsOf(calls: readonly CallRecord[]) {
  const histogram = new Histogram()
  for (const { durationMs } of calls) if (durationMs !== undefined) histogram.add(durationMs)
  return histogram.distribution()
}

/** A call ended as injected where its outcome was to be expected at all, and its end state is that of a call that went its way. */
function accuracyOf(calls: readonly CallRecord[], injected: Injection): Accuracy {
  const possible = new Set<string>(injected.classes.filter(({ probability }) => probability > 0).map(({ outcome }) => outcome))
  const asInjected = calls.filter(({ end, outcome }) => end === 'completed' && outcome !== undefined && possible.has(outcome)).length
  return { asInjected, calls: calls.length, ...(calls.length > 0 && { share: asInjected / calls.length }) }
}
