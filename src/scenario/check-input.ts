import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import { parsePointer } from '../schema/schema-faults.ts'
import type { SchemaError } from '../schema/validator.ts'
import type { Complaint } from './fill.ts'
import { holdsPlaceholder } from './placeholder.ts'
import { type StepRules, stepKinds } from './step-kinds.ts'

/** What no schema can say of a step's input. What still holds a placeholder is looked at when it is filled in. */
export function checkInput(step: Json | undefined, at: Pointer, rules: StepRules): Complaint[] {
  if (!isJsonObject(step)) return []
  return stepKinds.flatMap(({ key, check }) => {
    const input = step[key]
    if (!check || !isJsonObject(input)) return []
    const faults = check(input, rules).filter(({ at: way }) => !isWaiting(valueAt(input, way)))
    return faults.map(({ at: way, ...fault }) => complaint(fault, [...at, key, ...way]))
  })
}

/**
 * The same for a scenario that the schema refuses, so that everything that is wrong with it is told at once; what the schema has against
 * a value itself, or against its absence, is `told` already (see {@link placesTold}) and not told again.
 */
export function checkRefusedInputs(scenario: Json | undefined, at: Pointer, rules: StepRules, told: ReadonlySet<string>): Complaint[] {
  const { steps, teardown } = isJsonObject(scenario) ? scenario : {}
  const lists: [string, Json | undefined][] = [
    ['steps', steps],
    ['teardown', teardown],
  ]
  const listed = lists.flatMap(([name, list]) =>
    Array.isArray(list) ? list.flatMap((step: Json, index) => checkInput(step, [...at, name, index], rules)) : [],
  )
  return [...checkInput(scenario, at, rules), ...listed].filter(
    ({ at: way }) => !told.has(keyOf(way)) && valueAt(scenario, way.slice(at.length)) !== undefined,
  )
}

/** The values that the schema has something against: made once for a file, since it may have any number of scenarios and errors. */
export function placesTold(errors: readonly SchemaError[]): ReadonlySet<string> {
  return new Set(errors.map(({ instancePath }) => keyOf(parsePointer(instancePath))))
}

function keyOf(at: Pointer): string {
  return JSON.stringify(at.map(String))
}

function complaint(fault: Fault, at: Pointer): Complaint {
  return { fault, at }
}

function isWaiting(value: Json | undefined): boolean {
  return typeof value === 'string' && holdsPlaceholder(value)
}

function valueAt(value: Json | undefined, at: Pointer): Json | undefined {
  let found = value
  for (const part of at) {
    if (Array.isArray(found) && typeof part === 'number') found = found[part]
    else found = isJsonObject(found) && Object.hasOwn(found, part) ? found[part] : undefined
  }
  return found
}
