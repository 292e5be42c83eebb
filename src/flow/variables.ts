import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'

/** The variable that sets the time of the call. Every flow knows it, and so does every flow that it calls. */
export const CALL_TIME = 'callTime'

/** The value at a path (`tier`, `account.tier`, `entries.0`) of the variables; `undefined` where there is none. Sees own properties only. */
export type PathReader = (variables: JsonObject) => Json | undefined

/** Prepares reading a path, split at its dots. */
export function createPathReader(path: string): PathReader {
  const [name = '', ...fields] = path.split('.')
  return (variables) => fields.reduce<Json | undefined>(fieldOf, fieldOf(variables, name))
}

/** The variable that a path starts with. */
export function variableOf(path: string): string {
  return path.split('.', 1)[0] ?? path
}

/** The variables with one more, or one changed. */
export function withVariable(variables: JsonObject, name: string | undefined, value: Json): JsonObject {
  return name === undefined ? variables : { ...variables, [name]: value }
}

/** A value as a number: a number, or a text that is one. `undefined` for everything else. */
export function toNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** A value as text: texts as they are, nothing for what has no value, JSON for lists and objects. */
export function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
