/** Why a scenario that fails, or cannot be judged, does not make the run red. Its outcome stands all the same. */
export interface Excuse {
  /** `quarantine`: somebody has taken it on; `known`: it did not pass before either. */
  readonly kind: 'quarantine' | 'known'
  /** For a person: `quarantined by ivr-team until 2026-12-31: waits for the new queue`. */
  readonly reason: string
}
