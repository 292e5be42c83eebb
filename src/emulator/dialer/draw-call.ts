import { drawMs, type Random, type Spread } from '../random.ts'
import { type Outcome, type OutcomeShares, outcomeAt } from './outcomes.ts'

/** What calls are drawn from. */
export interface CallProfile {
  readonly shares: OutcomeShares
  /** Of the answered calls: the share that hangs up before an agent is there. */
  readonly abandonShare: number
  /** Of all calls: the share that breaks on the way. */
  readonly failShare: number
  /** Between a line that gets free and its next call. */
  readonly pacing: Spread
  /** From dialling until the other end answers, or the dialer gives up. */
  readonly setup: Readonly<Record<Outcome, Spread>>
  /** From the answer, of a person or a machine, until the end. */
  readonly talk: Spread
  /** How long a caller waits for an agent who does not come. */
  readonly patience: Spread
}

/** A call, before it is made; its times are milliseconds after the line got free. */
export interface DrawnCall {
  readonly outcome: Outcome
  readonly end: 'completed' | 'abandoned' | 'failed'
  readonly startMs: number
  /** Absent where nobody and nothing answers. */
  readonly answeredMs?: number
  readonly endMs: number
}

/** Draws one call. It takes the same number of draws whatever comes out, so that a changed profile does not change all calls after it. */
export function drawCall(profile: CallProfile, random: Random): DrawnCall {
  const outcome = outcomeAt(random(), profile.shares)
  const startMs = 1 + drawMs(profile.pacing, random)
  const answeredMs = startMs + Math.max(1, drawMs(profile.setup[outcome], random))
  const talkMs = drawMs(profile.talk, random)
  const patienceMs = drawMs(profile.patience, random)
  const isAbandoned = random() < profile.abandonShare && outcome === 'answered'
  const hasFailed = random() < profile.failShare
  if (hasFailed) return { outcome, end: 'failed', startMs, endMs: answeredMs }
  if (outcome !== 'answered' && outcome !== 'voicemail') return { outcome, end: 'completed', startMs, endMs: answeredMs }
  const end = isAbandoned ? 'abandoned' : 'completed'
  return { outcome, end, startMs, answeredMs, endMs: answeredMs + Math.max(1, isAbandoned ? patienceMs : talkMs) }
}
