/** A value that JSON can hold. Everything that enters or leaves a room as data is one of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object; a key that is absent reads as `undefined`. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** True for a JSON object; false for arrays, null and everything else. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
