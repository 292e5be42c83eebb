/** An agent as a tenant file declares it. */
export interface Agent {
  /** What the agent is there for, for people. */
  readonly role?: string
  /** The work mode at first; absent: none. */
  readonly workModeId?: string
  readonly skills?: readonly Skill[]
  readonly shifts?: readonly DeclaredShift[]
}

export interface Skill {
  readonly skillId: string
  /** @default 1 */
  readonly level?: number
  /** @default 1 */
  readonly maximumConcurrentInteractions?: number
}

/** A shift between two moments (RFC 3339), or every day between two times of day (`08:00`, UTC; `to` before `from` is on the next day). */
export interface DeclaredShift {
  readonly startTime?: string
  readonly endTime?: string
  readonly from?: string
  readonly to?: string
  readonly workModeId?: string
}

/** Agents by their id. */
export type AgentDirectory = ReadonlyMap<string, Agent>
