import type { Clock } from '../../model/clock.ts'
import type { HistoryChange } from '../history.ts'
import type { Agent, AgentDirectory, Skill } from './agent.ts'
import { type Shift, shiftsAround } from './shifts.ts'

/** An agent at this moment. */
export interface AgentState {
  readonly agentId: string
  readonly role?: string | undefined
  readonly workModeId?: string | undefined
  readonly skills: readonly SkillState[]
  /** A strong entity tag, quotes included; every change gives another. */
  readonly etag: string
}

export interface SkillState {
  readonly skillId: string
  readonly level: number
  readonly maximumConcurrentInteractions?: number
  /** As it was last set; absent: never. */
  readonly concurrentInteractions?: number
}

/** What a change sets; what it does not name stays. */
export interface AgentChange {
  readonly workModeId?: string
  readonly skillLevels?: readonly { readonly skillId: string; readonly level: number; readonly concurrentInteractions: number }[]
  readonly reason?: string
}

/** The agents of a tenant, who change when they are told to. */
export class Agents {
  readonly #declared: AgentDirectory
  readonly #clock: Clock
  readonly #record: (change: HistoryChange) => void
  readonly #states = new Map<string, AgentState>()
  #changes = 0

  constructor(declared: AgentDirectory, clock: Clock, record: (change: HistoryChange) => void) {
    this.#declared = declared
    this.#clock = clock
    this.#record = record
    for (const [agentId, agent] of declared) this.#states.set(agentId, initialState(agentId, agent))
  }

  /** `undefined` where there is no such agent. */
  find(agentId: string): AgentState | undefined {
    return this.#states.get(agentId)
  }

  /** The shifts of an agent around this moment. */
  shifts(agentId: string): Shift[] {
    return shiftsAround(this.#clock.date(), this.#declared.get(agentId)?.shifts ?? [])
  }

  /** Changes an agent, in the name of a request, or of somebody else (0). Returns the agent as it is from then on. */
  change(agent: AgentState, { workModeId = agent.workModeId, skillLevels = [], reason }: AgentChange, request: number): AgentState {
    this.#changes += 1
    const levels = new Map(skillLevels.map((skill) => [skill.skillId, skill]))
    const skills = agent.skills.map((skill) => ({ ...skill, ...levels.get(skill.skillId) }))
    const changed = { ...agent, workModeId, skills, etag: `"${this.#changes}"` }
    this.#states.set(agent.agentId, changed)
    this.#record({
      agentId: agent.agentId,
      request,
      atMs: this.#clock.now(),
      ...(agent.workModeId !== undefined && { previousWorkModeId: agent.workModeId }),
      ...(workModeId !== undefined && { workModeId }),
      ...(reason !== undefined && { reason }),
      etag: changed.etag,
    })
    return changed
  }
}

function initialState(agentId: string, { role, workModeId, skills = [] }: Agent): AgentState {
  return { agentId, role, workModeId, skills: skills.map(initialSkill), etag: '"0"' }
}

function initialSkill({ skillId, level = 1, maximumConcurrentInteractions }: Skill): SkillState {
  return { skillId, level, ...(maximumConcurrentInteractions !== undefined && { maximumConcurrentInteractions }) }
}
