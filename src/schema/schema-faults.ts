import type { Fault } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { SchemaError } from './validator.ts'

/** Complaints that only say that one of several forms has complaints of its own. */
const WRAPPERS = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'not', 'propertyNames'])

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping (key: value)',
  array: 'a list',
  null: 'null',
}

/** Finds places in the file that was validated; asked only for what is reported. */
export interface Places {
  readonly placeOf: (pointer: Pointer) => Place
  /** The place of the key under which the value stands. */
  readonly keyPlaceOf: (pointer: Pointer) => Place
}

/** What a validator complained about as faults for people: one for each value, each at its place. */
export function schemaFaults(errors: readonly SchemaError[], places: Places): Fault[] {
  const told = errors.filter((error) => !WRAPPERS.has(error.keyword) || isAlone(error, errors))
  const seen = new Set<string>()
  return told.flatMap((error) => {
    const pointer = pointerOf(error)
    const key = JSON.stringify(pointer)
    if (seen.has(key)) return []
    seen.add(key)
    return [{ ...faultOf(error, pointer), place: namesKey(error) ? places.keyPlaceOf(pointer) : places.placeOf(pointer) }]
  })
}

/** The path of a JSON Pointer (RFC 6901) as keys and indices. */
export function parsePointer(text: string): Pointer {
  if (text === '') return []
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part))
}

function isAlone(error: SchemaError, errors: readonly SchemaError[]): boolean {
  return !errors.some((other) => other !== error && other.instancePath.startsWith(error.instancePath))
}

function namesKey(error: SchemaError): boolean {
  return 'additionalProperty' in error.params || 'propertyName' in error.params
}

/** An unknown key is shown where it stands, not where the mapping begins. */
function pointerOf(error: SchemaError): Pointer {
  const pointer = parsePointer(error.instancePath)
  const extra = error.params['additionalProperty'] ?? error.params['propertyName']
  return typeof extra === 'string' ? [...pointer, extra] : pointer
}

function faultOf(error: SchemaError, pointer: Pointer): Fault {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(String(error.params['additionalProperty']), error, pointer)
    case 'required':
      return {
        code: 'MISSING_KEY',
        message: `${nameOf(pointer)} lacks ${JSON.stringify(error.params['missingProperty'])}`,
        ...expectedOf(error),
      }
    case 'type':
      return { code: 'WRONG_TYPE', message: `${nameOf(pointer)} is ${shown(error.data)}`, expected: expectedType(error) }
    case 'enum':
      return unknownValue(error, pointer)
    default:
      return { code: 'INVALID_VALUE', message: `${nameOf(pointer)} is ${shown(error.data)}${why(error)}`, ...expectedOf(error) }
  }
}

/** What exactly a bound says; for a pattern the description says it better than the pattern. */
function why(error: SchemaError): string {
  const limit = String(error.params['limit'])
  switch (error.keyword) {
    case 'pattern':
      return ''
    case 'minimum':
      return `, which is less than ${limit}`
    case 'maximum':
      return `, which is more than ${limit}`
    default:
      return `: it ${error.message ?? 'is not allowed here'}`
  }
}

function unknownKey(key: string, error: SchemaError, pointer: Pointer): Fault {
  const known = Object.keys(record(error.parentSchema?.['properties']))
  const similar = nearest(key, known)
  return {
    code: 'UNKNOWN_KEY',
    message: `${JSON.stringify(key)} is not a field of ${nameOf(pointer.slice(0, -1))}`,
    ...(known.length > 0 ? { expected: known.join(', ') } : {}),
    ...(similar === undefined ? {} : { advice: `did you mean ${JSON.stringify(similar)}?` }),
  }
}

function unknownValue(error: SchemaError, pointer: Pointer): Fault {
  const allowed = error.params['allowedValues']
  const known = Array.isArray(allowed) ? allowed.map(String) : []
  const similar = typeof error.data === 'string' ? nearest(error.data, known) : undefined
  return {
    code: 'UNKNOWN_VALUE',
    message: `${nameOf(pointer)} is ${shown(error.data)}`,
    expected: known.join(', '),
    ...(similar === undefined ? {} : { advice: `did you mean ${JSON.stringify(similar)}?` }),
  }
}

function expectedType(error: SchemaError): string {
  const types = [error.params['type']].flat().map((type) => TYPE_NAMES[String(type)] ?? String(type))
  return [types.join(' or '), ...exampleOf(error)].join(', ')
}

function expectedOf(error: SchemaError): Pick<Fault, 'expected'> {
  const description = error.parentSchema?.['description']
  const parts = [...(typeof description === 'string' ? [description] : []), ...exampleOf(error)]
  return parts.length === 0 ? {} : { expected: parts.join(' ') }
}

function exampleOf(error: SchemaError): string[] {
  const examples = error.parentSchema?.['examples']
  return Array.isArray(examples) && examples.length > 0 ? [`e.g. ${shown(examples[0])}`] : []
}

function nameOf(pointer: Pointer): string {
  const path = pointer.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  return path === '' ? 'the file' : path.replace(/^\./, '')
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
