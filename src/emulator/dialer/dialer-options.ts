import type { CallProfile } from './draw-call.ts'
import type { CallState } from './simulate-calls.ts'

/** How the dialer of a deployment behaves. */
export interface DialerOptions {
  /** Simulations that may be active at once; one more is answered 409. @default 5 */
  readonly activeLimit?: number
  /** The organization's maximum of `concurrencyLimit`. @default 100 */
  readonly maxConcurrency?: number
  /** How much faster than real time calls go; their timestamps and durations are of the simulation's own, unhurried time. @default 3000: 500 calls on 5 lines take about a second */
  readonly speed?: number
  /** How long a simulation is `queued` before it is `running`, in real time. @default 20 */
  readonly queuedMs?: number
  /** What calls are drawn from; `shares` where a request injects nothing. @default times as on a real line, no call abandoned, none failed */
  readonly profile?: Partial<CallProfile>
  /** The states of calls that the deployment tells; none of them: it sends no call events. @default ['completed', 'abandoned', 'failed']: one event for each call */
  readonly callEvents?: readonly CallState[]
  /** Whether a simulation can be cancelled; where not, DELETE is answered 405. @default true */
  readonly canCancel?: boolean
  /** Simulations of somebody else that are active from the start. @default none */
  readonly foreign?: {
    readonly count: number
    /** When they end, in real time. @default never */
    readonly forMs?: number
  }
}

export type DialerSettings = Required<Omit<DialerOptions, 'profile' | 'foreign'>> & {
  readonly profile: CallProfile
  readonly foreign: { readonly count: number; readonly forMs: number }
}

const USUAL_PROFILE: CallProfile = {
  shares: { 'dial-tone': 0.02, busy: 0.08, 'no-answer': 0.35, answered: 0.35, voicemail: 0.2 },
  abandonShare: 0,
  failShare: 0,
  pacing: { leastMs: 200, meanMs: 800 },
  setup: {
    'dial-tone': { leastMs: 1_000, meanMs: 2_000 },
    busy: { leastMs: 1_500, meanMs: 3_000 },
    'no-answer': { leastMs: 25_000, meanMs: 28_000 },
    answered: { leastMs: 3_000, meanMs: 9_000 },
    voicemail: { leastMs: 15_000, meanMs: 20_000 },
  },
  talk: { leastMs: 5_000, meanMs: 45_000 },
  patience: { leastMs: 1_000, meanMs: 6_000 },
}

/** Fills in what was left out. */
export function resolveDialer(options: DialerOptions = {}): DialerSettings {
  return {
    activeLimit: 5,
    maxConcurrency: 100,
    speed: 3_000,
    queuedMs: 20,
    callEvents: ['completed', 'abandoned', 'failed'],
    canCancel: true,
    ...options,
    profile: { ...USUAL_PROFILE, ...options.profile },
    foreign: { count: 0, forMs: Number.POSITIVE_INFINITY, ...options.foreign },
  }
}
