import type { Fault } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'
import type { Pointer } from '../model/place.ts'
import { meantErrors, requiredFields } from '../schema/meant-errors.ts'
import { faultsOfMeant, parsePointer } from '../schema/schema-faults.ts'
import type { SchemaError } from '../schema/validator.ts'
import type { Places } from '../schema/value-advice.ts'
import { stepKinds } from './step-kinds.ts'

const kinds = stepKinds.map(({ key }) => key)

/** Fields by which people try to choose the target or to give credentials; a file from a stranger must not be able to. */
const TARGET_FIELD =
  /^(?:host|hostname|url|uri|base_?url|api_?url|token|token_?url|authorization|auth|headers?|client_?id|client_?secret|secret|password|api_?key|env|environment|proxy|target|org|region|site)$/i

/** What the schema has against a scenario file, a scenario or a step, in the words of the language. */
export function scenarioFaults(errors: readonly SchemaError[], places: Places): Fault[] {
  const meant = meantErrors(errors)
  const withoutKind = meant.filter((error) => isAboutKinds(error))
  const others = meant.filter((error) => !isAboutKinds(error) && error.keyword !== 'dependencies')
  const mistyped = new Set(others.filter(isMistypedKind).map(({ instancePath }) => instancePath))
  const kindFaults = onlyReason(withoutKind).flatMap((error) => (mistyped.has(error.instancePath) ? [] : kindFault(error, places)))
  return [...kindFaults, ...faultsOfMeant(others, places).map(explainTargetField)]
}

function isAboutKinds(error: SchemaError): boolean {
  return error.keyword === 'oneOf' && requiredFields(error) !== undefined
}

/** An unknown key that was meant to be the kind: one fault is enough. A step has hardly any other keys. */
function isMistypedKind({ keyword, params, parentSchema }: SchemaError): boolean {
  const key = params['additionalProperty']
  if (keyword !== 'additionalProperties' || typeof key !== 'string') return false
  const properties = parentSchema?.['properties']
  const isStep = typeof properties === 'object' && properties !== null && !('steps' in properties)
  return isStep || nearest(key, kinds) !== undefined
}

/** `expect` without the step that it is about is said only where nothing else is said about the same scenario. */
function onlyReason(errors: readonly SchemaError[]): SchemaError[] {
  const others = new Set(errors.filter((error) => !isMisplacedExpect(error)).map(({ instancePath }) => instancePath))
  return errors.filter((error) => !isMisplacedExpect(error) || !others.has(error.instancePath))
}

function isMisplacedExpect({ schemaPath }: SchemaError): boolean {
  return schemaPath.includes('/dependencies/')
}

function kindFault(error: SchemaError, places: Places): Fault[] {
  const pointer = parsePointer(error.instancePath)
  const expected = fieldsOf(error)
  const present = expected.filter((field) => typeof error.data === 'object' && error.data !== null && field in error.data)
  if (isMisplacedExpect(error)) return [misplacedExpect(pointer, places)]
  return [present.length === 0 ? missingKind(pointer, expected, places) : severalKinds(pointer, present, expected, places)]
}

function fieldsOf(error: SchemaError): string[] {
  return requiredFields(error) ?? []
}

function missingKind(pointer: Pointer, expected: readonly string[], places: Places): Fault {
  return {
    code: 'MISSING_KIND',
    message: expected.includes('steps') ? 'this scenario does nothing' : 'this step does nothing',
    place: places.placeOf(pointer),
    expected: `one of ${expected.join(', ')}`,
    advice: 'add what it does, e.g. debug: { dtmf: "1" }',
  }
}

function severalKinds(pointer: Pointer, present: readonly string[], expected: readonly string[], places: Places): Fault {
  const second = present.at(-1) ?? ''
  return {
    code: 'SEVERAL_KINDS',
    message: `${present.join(' and ')} stand beside each other`,
    place: places.keyPlaceOf([...pointer, second]),
    expected: `one of ${expected.join(', ')}`,
    advice: 'put each into a step of its own: steps: [{ … }, { … }]',
  }
}

function misplacedExpect(pointer: Pointer, places: Places): Fault {
  return {
    code: 'MISPLACED_EXPECT',
    message: 'expect stands beside steps, and it is not clear which step it is about',
    place: places.keyPlaceOf([...pointer, 'expect']),
    expected: 'expect within a step',
    advice: 'move it into the last step',
  }
}

function explainTargetField(fault: Fault): Fault {
  const name = /^"([^"]+)" is not a field/.exec(fault.message)?.[1]
  if (fault.code !== 'UNKNOWN_KEY' || name === undefined || !TARGET_FIELD.test(name)) return fault
  const { message, place, expected } = fault
  return {
    code: 'TARGET_IN_SCENARIO',
    message,
    ...(place && { place }),
    ...(expected !== undefined && { expected }),
    advice: 'a scenario never says where it runs, nor with which credentials or headers: targets stand in cxspec.config.yaml',
  }
}
