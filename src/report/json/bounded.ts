import { isJsonObject, type Json } from '../../model/json.ts'
import { cutText } from '../show.ts'

/** How much of a value a report keeps; the journal has all of it. */
const LIMITS = { depth: 8, items: 100, textLength: 2_000, values: 2_000 } as const

/**
 * A copy of `value` that is small whatever the target sent: at most 8 levels deep, 100 items or keys at each place, 2,000 characters
 * in a text and 2,000 values in all. What is left out is replaced by a text that says how much it was; a value within bounds is
 * copied as it is.
 */
export function bounded(value: Json): Json {
  const budget = { left: LIMITS.values }
  return copy(value, 0, budget)
}

interface Budget {
  left: number
}

function copy(value: Json, depth: number, budget: Budget): Json {
  budget.left -= 1
  if (typeof value === 'string') return boundedText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= LIMITS.depth) return '… deeper levels left out'
  return isJsonObject(value) ? copyObject(Object.entries(value), depth, budget) : copyArray(value, depth, budget)
}

function boundedText(text: string): string {
  const rest = text.length - LIMITS.textLength
  return rest <= 0 ? text : `${cutText(text, LIMITS.textLength)}… ${rest} more characters`
}

function copyArray(items: readonly Json[], depth: number, budget: Budget): Json[] {
  const kept: Json[] = []
  for (const item of items) {
    if (isFull(kept.length, budget)) return [...kept, `… ${items.length - kept.length} more`]
    kept.push(copy(item, depth + 1, budget))
  }
  return kept
}

function copyObject(entries: readonly (readonly [string, Json | undefined])[], depth: number, budget: Budget): Json {
  const kept: [string, Json][] = []
  for (const [key, item] of entries) {
    if (item === undefined) continue
    if (isFull(kept.length, budget)) return Object.fromEntries([...kept, ['…', `${entries.length - kept.length} more`]])
    kept.push([boundedText(key), copy(item, depth + 1, budget)])
  }
  return Object.fromEntries(kept)
}

function isFull(count: number, budget: Budget): boolean {
  return count >= LIMITS.items || budget.left <= 0
}
