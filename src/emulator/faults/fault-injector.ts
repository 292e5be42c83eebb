import { share } from '../random.ts'
import { type Disturbance, toDisturbance } from './disturbance.ts'
import type { FaultPlan, FaultRule } from './fault-plan.ts'

interface Rule {
  readonly isFor: (api: string) => boolean
  /** The disturbance of the rule's so-manieth request. */
  readonly select: (count: number) => Disturbance | undefined
  count: number
}

/** Decides what happens to each request by a plan, which can be replaced at any time; counting then begins anew. */
export class FaultInjector {
  #plan: FaultPlan = { faults: [] }
  #rules: readonly Rule[] = []

  constructor(plan: FaultPlan) {
    this.replace(plan)
  }

  get plan(): FaultPlan {
    return this.#plan
  }

  replace(plan: FaultPlan): void {
    this.#plan = plan
    this.#rules = plan.faults.map((rule, index) => toRule(rule, `${plan.seed ?? 1}:${index}`))
  }

  /** Counts the request with every rule for its API; the first rule that selects it applies. */
  disturbanceOf(api: string): Disturbance | undefined {
    let chosen: Disturbance | undefined
    for (const rule of this.#rules) {
      if (!rule.isFor(api)) continue
      rule.count += 1
      chosen ??= rule.select(rule.count)
    }
    return chosen
  }
}

function toRule(rule: FaultRule, dice: string): Rule {
  const apis = rule.api === undefined ? undefined : new Set([rule.api].flat())
  return { isFor: (api) => apis?.has(api) ?? true, select: toSelection(rule, dice), count: 0 }
}

function toSelection({ first, every, at, rate, script, ...effect }: FaultRule, dice: string): Rule['select'] {
  if (script) {
    const acts = script.map((act) => (act === 'ok' ? undefined : toDisturbance(act)))
    return (count) => acts[count - 1]
  }
  const disturbance = toDisturbance(effect)
  const numbers = new Set(at)
  const isSelected = (count: number): boolean => {
    if (first !== undefined) return count <= first
    if (every !== undefined) return count % every === 0
    if (at !== undefined) return numbers.has(count)
    return rate === undefined || share(`${dice}:${count}`) < rate
  }
  return (count) => (isSelected(count) ? disturbance : undefined)
}
