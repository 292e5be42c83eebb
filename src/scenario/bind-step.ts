import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import { ProblemError } from '../model/problem.ts'
import type { Reference, Step, StepField } from '../model/suite.ts'
import { validateFilledStep } from '../schema/generated/filled-scenario.ts'
import { schemaFaults } from '../schema/schema-faults.ts'

/**
 * The step with every `${steps.ID.field}` filled in from what earlier steps of the scenario yielded (by their ids), and held
 * against the schema again. Throws a `ProblemError` where that cannot be: `UNKNOWN_REFERENCE` for a step that did not run or
 * has no such field, `INVALID_STEP` for a value that may not stand there. What is filled in is never looked at again.
 * A step without references is returned itself.
 */
export function bindStep(step: Step, earlier: ReadonlyMap<string, JsonObject>): Step {
  const { references, ...rest } = step
  if (!references) return step
  let bound: Json = { input: step.input, expect: step.expect }
  for (const { at, parts } of references) bound = replaced(bound, at, textOf(parts, earlier))
  const { input, expect } = isJsonObject(bound) ? bound : {}
  if (!isJsonObject(input) || !isJsonObject(expect)) throw new TypeError('a reference stands outside of input and expect')
  prove(step.kind, input, expect)
  return { ...rest, input, expect }
}

function textOf(parts: Reference['parts'], earlier: ReadonlyMap<string, JsonObject>): Json {
  const values = parts.map((part) => (typeof part === 'string' ? part : valueOfField(part, earlier)))
  const [first] = values
  if (values.length === 1 && first !== undefined) return first
  return values.map((value, index) => asText(value, parts[index] ?? '')).join('')
}

function valueOfField(field: StepField, earlier: ReadonlyMap<string, JsonObject>): Json {
  const outputs = earlier.get(field.step)
  if (outputs === undefined) throw unknownReference(field, `the step "${field.step}" has not run to its end`)
  let value: Json | undefined = outputs
  for (const name of field.path) value = memberOf(value, name)
  if (value === undefined) throw unknownReference(field, `the step "${field.step}" yielded ${Object.keys(outputs).join(', ') || 'nothing'}`)
  return value
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Array.isArray(value) ? (/^[0-9]+$/.test(name) ? value[Number(name)] : undefined) : isJsonObject(value) ? value[name] : undefined
}

function asText(value: Json, part: string | StepField): string {
  if (typeof part === 'string' || (value !== null && typeof value !== 'object')) return String(value)
  throw unknownReference(part, 'it is no text and no number, so it cannot be a part of a text')
}

function replaced(value: Json | undefined, at: Pointer, replacement: Json): Json {
  const [first, ...rest] = at
  if (first === undefined) return replacement
  if (Array.isArray(value) && typeof first === 'number') return value.with(first, replaced(value[first], rest, replacement))
  return isJsonObject(value) ? { ...value, [first]: replaced(value[first], rest, replacement) } : (value ?? null)
}

function unknownReference(field: StepField, why: string): ProblemError {
  const written = `\${${['steps', field.step, ...field.path].join('.')}}`
  return new ProblemError({
    code: 'UNKNOWN_REFERENCE',
    message: `${written} cannot be filled in: ${why}`,
    advice: 'look at what the earlier step yields, with --verbose or in the report',
  })
}

function prove(kind: string, input: JsonObject, expect: JsonObject): void {
  if (validateFilledStep({ [kind]: input, expect })) return
  const placeOf = () => ({ file: '', line: 1, column: 1 })
  const faults = schemaFaults(validateFilledStep.errors ?? [], { placeOf, keyPlaceOf: placeOf })
  const said = faults.map(({ message, expected }) => (expected === undefined ? message : `${message} (expected: ${expected})`))
  throw new ProblemError({
    code: 'INVALID_STEP',
    message: `with the values of earlier steps filled in, ${said.join('; ')}`,
    advice: 'look at what the earlier step yields, with --verbose or in the report',
  })
}
