import type { Finding } from '../model/finding.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { matchValue } from './match-value.ts'

/** Expects that an event was published (`true`), that none was (`false`), or what stood in it: a value or a matcher. */
export function publishedEvent(expected: Json, event: JsonObject | undefined): readonly Finding[] {
  if (typeof expected !== 'boolean') return matchValue(expected, event, 'event')
  if (expected === (event !== undefined)) return []
  const message = expected ? 'no event was published, expected one' : 'an event was published, expected none'
  return [{ code: expected ? 'EVENT_MISSING' : 'EVENT_NOT_EXPECTED', message, expected, actual: event ?? false }]
}
