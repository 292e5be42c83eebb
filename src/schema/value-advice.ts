import type { Place, Pointer } from '../model/place.ts'
import { ONE_PLACEHOLDER } from './placeholder-patterns.ts'
import type { SchemaError } from './validator.ts'

/** Finds places, and how a value was written, in the file that was validated; asked only for what is reported. */
export interface Places {
  readonly placeOf: (pointer: Pointer) => Place
  /** The place of the key under which the value stands. */
  readonly keyPlaceOf: (pointer: Pointer) => Place
  /** The value as it is written, where it is one without quotes. */
  readonly plainTextOf?: (pointer: Pointer) => string | undefined
}

/** The types that a value may have; the placeholder that is accepted beside them is not one of its own. */
export function expectedTypes(error: SchemaError): string[] {
  const types = [error.parentSchema?.['type'] ?? error.params['type']].flat().map(String)
  return error.parentSchema?.['pattern'] === ONE_PLACEHOLDER ? types.filter((type) => type !== 'string') : types
}

/** How to write a value that has the wrong type, where YAML's reading of it is the likely cause. */
export function typeAdvice(error: SchemaError, pointer: Pointer, places: Places): string | undefined {
  const types = expectedTypes(error)
  const { data } = error
  if (data === null && types.includes('string')) return nullAdvice(pointer, places)
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    const written = places.plainTextOf?.(pointer) ?? String(data)
    return fits(written, error) ? `without quotes it is no text: write ${JSON.stringify(written)}` : undefined
  }
  if (typeof data === 'string') return textAdvice(data, types)
  return types.includes('array') && data !== null && typeof data !== 'object' ? `write [${JSON.stringify(data)}]` : undefined
}

/** Quotes are no help where the text has to be of another form. */
function fits(text: string, { parentSchema }: SchemaError): boolean {
  const pattern = parentSchema?.['pattern']
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text)
}

function textAdvice(text: string, types: readonly string[]): string | undefined {
  if (types.includes('boolean') && /^(?:yes|on|y)$/i.test(text)) return 'write true'
  if (types.includes('boolean') && /^(?:no|off|n)$/i.test(text)) return 'write false'
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return `write ${text}, without quotes`
  const isNumber = types.includes('integer') || types.includes('number')
  if (isNumber && /^-?[0-9]+(?:\.[0-9]+)?$/.test(text)) return `write ${Number(text)}, without quotes`
  return types.includes('array') ? `write [${JSON.stringify(text)}]` : undefined
}

/** A value that was left out, or that YAML took for a comment or an anchor. */
function nullAdvice(pointer: Pointer, places: Places): string {
  const { source = '', column } = places.keyPlaceOf(pointer)
  const written = /^[^:]*:\s+([#&].*)$/.exec(source.slice(column - 1))?.[1]?.trim()
  const plain = places.plainTextOf?.(pointer)
  if (written?.startsWith('#')) return `behind a space, # begins a comment: write ${JSON.stringify(written)}`
  if (written?.startsWith('&')) return `without quotes & begins an anchor: write ${JSON.stringify(written)}`
  return plain ? `without quotes it is no text: write ${JSON.stringify(plain)}` : 'the value is missing: write it, or "" for an empty text'
}
