import type { Json, JsonObject } from '../../model/json.ts'
import { toNumber, toText } from '../variables.ts'
import type { ValueClass } from './value-classes.ts'

/**
 * Values of which one stands for each way in which the branches of a library can look at a variable: those that it is compared with,
 * for numbers also one below, between and above them, and one that is none of these.
 */
export function candidatesOf({ values, isOrdered }: ValueClass): readonly Json[] {
  const numbers = isOrdered ? neighbours(values.flatMap((value) => toNumber(value) ?? [])) : []
  return unique([...values, ...numbers, freshText(values)])
}

/** The same values in a field of an object, for a variable of which fields are looked at. */
export function inField(path: string, value: Json): JsonObject {
  const [name = '', ...rest] = path.split('.')
  return { [name]: rest.length === 0 ? value : inField(rest.join('.'), value) }
}

/** Beside each number also a text that is the same number and not the same text. */
function neighbours(numbers: readonly number[]): Json[] {
  const sorted = [...new Set(numbers)].toSorted((one, other) => one - other)
  const between = sorted.slice(1).map((number, index) => middle(sorted[index] ?? number, number))
  const ends = [(sorted[0] ?? 0) - 1, (sorted.at(-1) ?? 0) + 1]
  return [...sorted, ...between, ...ends, ...sorted.map((number) => ` ${number}`)]
}

/** A whole number where there is one between the two. */
function middle(low: number, high: number): number {
  const whole = Math.floor((low + high) / 2)
  return whole > low ? whole : (low + high) / 2
}

function freshText(values: readonly Json[]): string {
  const taken = new Set(values.map(toText))
  let text = 'other'
  while (taken.has(text)) text += '_'
  return text
}

function unique(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
