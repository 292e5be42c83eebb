import { printable } from '../model/printable.ts'
import { ProblemError } from '../model/problem.ts'
import * as generated from '../schema/generated/api.ts'
import type { SchemaError, Validator } from '../schema/validator.ts'
import type { ApiAnswer } from './send.ts'

/** The validators by export name (`validateCompileJob`). Generated code has no types of its own: this is where it gets them. */
const validators = generated as unknown as Readonly<Record<string, Validator<unknown>>>

const COMPLAINTS_SHOWN = 3
const VALUE_SHOWN = 60

/**
 * A function that proves an answer's body by `schemas/api/NAME.schema.json` and returns it as `Body`, which has to describe the same
 * shape. The function throws a `ProblemError` (`PROTOCOL_ERROR`) that says where the body departs from the schema, and how.
 */
export function decoder<Body>(name: string): (answer: ApiAnswer) => Body {
  const validate = validatorOf(name) as Validator<Body>
  return (answer) => {
    if (validate(answer.body)) return answer.body
    throw nonsense(name, answer, validate.errors ?? [])
  }
}

/** Whether `body` has the shape of `schemas/api/NAME.schema.json`. */
export function matches(name: string, body: unknown): boolean {
  return validatorOf(name)(body)
}

function validatorOf(name: string): Validator<unknown> {
  const validate = validators[`validate${name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase())}`]
  if (!validate) throw new Error(`schemas/api/${name}.schema.json has no validator`)
  return validate
}

function nonsense(name: string, answer: ApiAnswer, errors: readonly SchemaError[]): ProblemError {
  const { method, path, correlationId, excerpt } = answer.of ?? {}
  const request = method && path ? `${method} ${path}` : 'the request'
  return new ProblemError({
    code: 'PROTOCOL_ERROR',
    message: `${request} was answered ${answer.status}, but not with a ${name}: ${complaints(answer, errors)}`,
    advice: 'check that the target is a CXone API of a version that cxspec knows',
    details: { method, path, status: answer.status, correlationId, excerpt: excerpt?.() },
  })
}

function complaints(answer: ApiAnswer, errors: readonly SchemaError[]): string {
  if (answer.body === undefined) return 'the body is empty'
  const first = errors.slice(0, COMPLAINTS_SHOWN).map(complaint).join('; ')
  const more = errors.length - COMPLAINTS_SHOWN
  return more > 0 ? `${first}; and ${more} more` : first
}

function complaint({ instancePath, message = 'does not fit', keyword, data }: SchemaError): string {
  const place = instancePath === '' ? 'the body' : printable(instancePath)
  return keyword === 'required' ? `${place} ${message}` : `${place} ${message}, but is ${shown(data)}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return printable(JSON.stringify(value) ?? 'absent').slice(0, VALUE_SHOWN)
}
