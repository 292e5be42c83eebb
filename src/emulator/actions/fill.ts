import { createTemplate } from '../../flow/template.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'

/** A copy of a value in whose texts `{name}` is replaced by inputs, by the rule of flows; keys stay as they are, and nothing is ever evaluated. */
export function fill(value: Json, inputs: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item: Json) => fill(item, inputs))
  if (!isJsonObject(value)) return createTemplate(value).fill(inputs)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item ?? null, inputs)]))
}
