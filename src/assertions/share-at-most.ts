import type { Evidence, Verdict } from '../model/evidence.ts'
import { formatShare } from '../model/share.ts'
import { callsForUpperBound, callsToDecide } from '../statistics/calls-needed.ts'
import { binomialUpperTail } from '../statistics/distributions.ts'
import { exactUpperBound } from '../statistics/exact-bound.ts'
import type { Judgement } from './expectation.ts'
import { ruled, TOO_FEW_CALLS } from './ruling.ts'
import { counted } from './show.ts'

/** A claim that something happens to no more than a share of all calls, and what was seen of it. */
export interface RareEvent {
  readonly claim: string
  /** What happened, behind a number of calls: `answered calls were abandoned`. */
  readonly words: string
  readonly code: string
  readonly count: number
  readonly n: number
  /** Calls of which it is not known whether it happened to them, and which belong to `n`; the claim must hold even if it did. @default 0 */
  readonly unknown?: number
  readonly limit: number
  readonly confidence: number
  readonly alpha: number
  readonly remark?: string
}

/**
 * Met where the exact upper bound for the share of all such calls is within the limit; unmet where what was seen would be less probable
 * than `alpha` at the limit; in between, inconclusive with the number of calls that would decide it. A limit of 0 allows none, and nothing
 * has to be estimated.
 */
export function shareAtMost(event: RareEvent): Judgement {
  const { claim, count, n, unknown = 0, limit, confidence, alpha, remark } = event
  const high = exactUpperBound(Math.min(n, count + unknown), n, confidence)
  const p = binomialUpperTail(count, n, limit)
  const verdict = limit === 0 ? withoutTolerance(count, n) : verdictOf(high <= limit, p < alpha)
  const callsNeeded = verdict === 'inconclusive' ? callsToDecide({ limit, confidence, alpha }, count, n) : undefined
  const evidence: Evidence = {
    claim,
    verdict,
    method: 'exact-bound',
    n,
    observed: { count, ...(n === 0 ? {} : { share: count / n }) },
    expected: { max: limit },
    interval: { low: 0, high, confidence },
    p,
    alpha,
    ...(callsNeeded === undefined ? {} : { callsNeeded }),
    ...(remark === undefined ? {} : { remark }),
  }
  return ruled(evidence, () => (verdict === 'unmet' ? tooMany(event, p) : undecided(event, high, callsNeeded)))
}

function verdictOf(isShown: boolean, isRefuted: boolean): Verdict {
  if (isShown) return 'met'
  return isRefuted ? 'unmet' : 'inconclusive'
}

function withoutTolerance(count: number, n: number): Verdict {
  if (count > 0) return 'unmet'
  return n > 0 ? 'met' : 'inconclusive'
}

function tooMany({ code, words, count, n, limit, alpha }: RareEvent, p: number) {
  return {
    code,
    message: `${count} of ${n} ${words} (${formatShare(count / n)}), expected at most ${formatShare(limit)}: p ${formatP(p)} is below alpha ${alpha}`,
  }
}

function undecided({ claim, words, count, n, limit, confidence }: RareEvent, high: number, callsNeeded: number | undefined) {
  const seen =
    n === 0
      ? 'there was no such call'
      : `${count} of ${n} ${words}, which shows at most ${formatShare(high)} with a confidence of ${formatShare(confidence)}`
  return {
    code: TOO_FEW_CALLS,
    message: `not enough calls to say whether ${claim}: ${seen}`,
    advice: advice(count, limit, confidence, callsNeeded),
  }
}

function advice(count: number, limit: number, confidence: number, callsNeeded: number | undefined): string {
  const least = callsForUpperBound(count, limit, confidence)
  const best = least === undefined ? '' : `; ${counted(least, 'call')} would show it if no further one is like that`
  if (callsNeeded === undefined) return `no number of calls decides it as long as the share is at the limit${best}`
  return callsNeeded === least
    ? `${counted(callsNeeded, 'call')} in all would show it if no further one is like that`
    : `about ${counted(callsNeeded, 'call')} in all would decide it if they go on like this${best}`
}

/** `0.034`, `2.1e-7`: three significant digits. */
export function formatP(p: number): string {
  return p === 0 ? '0' : p < 0.0001 ? p.toExponential(1) : String(Number(p.toPrecision(3)))
}
