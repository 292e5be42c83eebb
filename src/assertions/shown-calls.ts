import type { Json } from '../model/json.ts'
import type { SimulatedCalls, SimulationObservation } from '../model/simulation.ts'
import type { Judgement } from './expectation.ts'
import { notShown } from './ruling.ts'
import { counted } from './show.ts'

/** Judges by what the calls of a simulation told; where they told nothing, the `claim` is inconclusive. */
export function judgeCalls(
  { calls, events }: SimulationObservation,
  claim: string,
  expected: Json,
  judge: (calls: SimulatedCalls) => Judgement,
): Judgement {
  if (calls) return judge(calls)
  const reason = events ? 'the target sent no call event' : 'this step received no call events, and only they tell of single calls'
  const advice = events
    ? 'check that the target can reach the webhook address, or leave out what only call events can show'
    : 'let the step receive call events, or leave out what only they can show'
  return notShown(claim, expected, reason, advice)
}

/** `the outcome of 3 more calls is not known`, where call events were lost. */
export function lostCalls({ events }: SimulationObservation): { readonly remark?: string } {
  const lost = events?.lost ?? 0
  return lost === 0 ? {} : { remark: `the outcome of ${counted(lost, 'more call')} is not known, since events were lost` }
}
