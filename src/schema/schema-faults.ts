import type { Fault } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'
import type { Pointer } from '../model/place.ts'
import { meantErrors } from './meant-errors.ts'
import { ONE_PLACEHOLDER } from './placeholder-patterns.ts'
import type { SchemaError } from './validator.ts'
import { expectedTypes, type Places, typeAdvice } from './value-advice.ts'

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping (key: value)',
  array: 'a list',
  null: 'null',
}

/** What a validator complained about as faults for people: one for each value, each at its place. */
export function schemaFaults(errors: readonly SchemaError[], places: Places): Fault[] {
  return faultsOfMeant(meantErrors(errors), places)
}

/** As {@link schemaFaults}, for complaints that were chosen already. */
export function faultsOfMeant(errors: readonly SchemaError[], places: Places): Fault[] {
  const seen = new Set<string>()
  const unknownKeys = unknownKeysByPath(errors)
  return errors.flatMap((error) => {
    if (isMissingByMistyping(error, unknownKeys.get(error.instancePath) ?? [])) return []
    const pointer = pointerOf(error)
    const key = JSON.stringify([pointer, error.params['missingProperty']])
    if (seen.has(key)) return []
    seen.add(key)
    return [{ ...faultOf(error, pointer, places), place: namesKey(error) ? places.keyPlaceOf(pointer) : places.placeOf(pointer) }]
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

/** The complaints about unknown keys, by the mapping that these stand in. */
function unknownKeysByPath(errors: readonly SchemaError[]): ReadonlyMap<string, readonly SchemaError[]> {
  const byPath = new Map<string, SchemaError[]>()
  for (const error of errors) {
    if (typeof error.params['additionalProperty'] !== 'string') continue
    const known = byPath.get(error.instancePath)
    if (known) known.push(error)
    else byPath.set(error.instancePath, [error])
  }
  return byPath
}

/** A key that is missing because it is misspelt is said once, at what was written. */
function isMissingByMistyping(error: SchemaError, unknownKeys: readonly SchemaError[]): boolean {
  const missing = error.params['missingProperty']
  if (typeof missing !== 'string') return false
  return unknownKeys.some((other) => nearest(String(other.params['additionalProperty']), knownKeys(other)) === missing)
}

function knownKeys(error: SchemaError): string[] {
  return Object.keys(record(error.parentSchema?.['properties']))
}

function namesKey(error: SchemaError): boolean {
  return 'additionalProperty' in error.params || error.propertyName !== undefined || error.keyword === 'false schema'
}

/** An unknown key is shown where it stands, not where the mapping begins. */
function pointerOf(error: SchemaError): Pointer {
  const pointer = parsePointer(error.instancePath)
  const extra = error.params['additionalProperty'] ?? error.propertyName
  return typeof extra === 'string' ? [...pointer, extra] : pointer
}

function faultOf(error: SchemaError, pointer: Pointer, places: Places): Fault {
  if (error.propertyName !== undefined) return badName(error.propertyName, error, pointer)
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(String(error.params['additionalProperty']), error, pointer)
    case 'required':
      return missingKey(error, pointer)
    case 'type':
      return wrongType(error, pointer, places)
    case 'pattern':
      return error.schema === ONE_PLACEHOLDER ? wrongType(error, pointer, places) : invalidValue(error, pointer)
    case 'enum':
      return unknownValue(error, pointer)
    case 'false schema':
      return { code: 'KEY_NOT_ALLOWED', message: `${nameOf(pointer)} cannot stand beside the fields around it` }
    default:
      return invalidValue(error, pointer)
  }
}

function wrongType(error: SchemaError, pointer: Pointer, places: Places): Fault {
  const advice = typeAdvice(error, pointer, places)
  return {
    code: 'WRONG_TYPE',
    message: `${nameOf(pointer)} is ${shown(error.data)}`,
    expected: expectedType(error),
    ...(advice === undefined ? {} : { advice }),
  }
}

function invalidValue(error: SchemaError, pointer: Pointer): Fault {
  return { code: 'INVALID_VALUE', message: `${nameOf(pointer)} is ${shown(error.data)}${why(error)}`, ...expectedOf(error) }
}

function missingKey(error: SchemaError, pointer: Pointer): Fault {
  const key = String(error.params['missingProperty'])
  const field = record(record(error.parentSchema?.['properties'])[key])
  return {
    code: 'MISSING_KEY',
    message: `${nameOf(pointer)} lacks ${JSON.stringify(key)}`,
    ...(typeof field['description'] === 'string' ? { expected: `${key}: ${field['description']}` } : expectedOf(error)),
  }
}

function badName(name: string, error: SchemaError, pointer: Pointer): Fault {
  const known = error.keyword === 'enum' ? error.params['allowedValues'] : undefined
  if (Array.isArray(known)) return { ...unknownKeyAmong(name, known.map(String), pointer) }
  return { code: 'BAD_NAME', message: `${JSON.stringify(name)} cannot be a name in ${nameOf(pointer.slice(0, -1))}`, ...expectedOf(error) }
}

/** What exactly a bound says; for a pattern the description says it better than the pattern. */
function why(error: SchemaError): string {
  const limit = String(error.params['limit'])
  switch (error.keyword) {
    case 'pattern':
    case 'anyOf':
      return ''
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return Number(limit) === 1 ? ', which is empty' : `, which has fewer than ${limit} parts`
    case 'maxLength':
      return `, which is longer than ${limit} characters`
    case 'uniqueItems':
      return ', which names something twice'
    case 'minimum':
      return `, which is less than ${limit}`
    case 'maximum':
      return `, which is more than ${limit}`
    default:
      return `: it ${error.message ?? 'is not allowed here'}`
  }
}

function unknownKey(key: string, error: SchemaError, pointer: Pointer): Fault {
  return unknownKeyAmong(key, knownKeys(error), pointer)
}

function unknownKeyAmong(key: string, known: readonly string[], pointer: Pointer): Fault {
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
  const form = error.parentSchema?.['patternErrorMessage']
  const types = expectedTypes(error).map((type) => TYPE_NAMES[type] ?? type)
  return [typeof form === 'string' ? form : types.join(' or '), ...exampleOf(error)].join(', ')
}

function expectedOf(error: SchemaError): Pick<Fault, 'expected'> {
  const form = error.keyword === 'pattern' ? error.parentSchema?.['patternErrorMessage'] : undefined
  const words = form ?? error.parentSchema?.['description']
  const parts = [...(typeof words === 'string' ? [words] : []), ...exampleOf(error)]
  return parts.length === 0 ? {} : { expected: parts.join(form === undefined ? ' ' : ', ') }
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
