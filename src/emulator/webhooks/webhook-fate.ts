import { parseDuration } from '../../model/duration.ts'
import type { WebhookFaults } from '../faults/fault-plan.ts'
import { share } from '../random.ts'

/** What the fault plan does to one webhook. */
export interface WebhookFate {
  /** As the history shows it; absent: nothing happens to it. */
  readonly fault?: string
  readonly isLost: boolean
  readonly isDoubled: boolean
  /** It waits for the next one to be sent first. */
  readonly isOvertaken: boolean
  readonly lateMs: number
}

/** Decides by the dice of the seed, each fault for itself; a webhook that is lost has no other fault. */
export function webhookFate(id: string, { lose = 0, duplicate = 0, reorder = 0, late }: WebhookFaults, seed: number): WebhookFate {
  const happens = (fault: string, rate: number): boolean => share(`${seed}:${fault}:${id}`) < rate
  const isLost = happens('lose', lose)
  const isDoubled = !isLost && happens('duplicate', duplicate)
  const isOvertaken = !isLost && happens('reorder', reorder)
  const lateMs = !isLost && late && happens('late', late.share) ? (parseDuration(late.by) ?? 0) : 0
  const faults = [
    ...(isLost ? ['lost'] : []),
    ...(isDoubled ? ['doubled'] : []),
    ...(isOvertaken ? ['overtaken'] : []),
    ...(lateMs > 0 ? ['late'] : []),
  ]
  return { isLost, isDoubled, isOvertaken, lateMs, ...(faults.length > 0 && { fault: faults.join(', ') }) }
}
