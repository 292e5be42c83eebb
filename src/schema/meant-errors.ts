import { HOLDS_PLACEHOLDER, ONE_PLACEHOLDER } from './placeholder-patterns.ts'
import type { SchemaError } from './validator.ts'

/**
 * Of a validator's complaints, those that speak about what the author meant. A value that may have one of several forms
 * (`anyOf`, `oneOf`) yields complaints for each form; kept are those of the form whose kind of value was written.
 */
export function meantErrors(errors: readonly SchemaError[]): SchemaError[] {
  const meant: SchemaError[] = []
  for (const error of errors) {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') meant.push(...reduced(takeBranches(meant, error), error))
    else if (error.keyword !== 'if' && error.keyword !== 'propertyNames') meant.push(error)
  }
  return meant.filter((error) => !isPlaceholderForm(error))
}

/** Takes away the complaints of the forms: a validator reports them just before it reports that none of the forms fits. */
function takeBranches(meant: SchemaError[], union: SchemaError): SchemaError[] {
  const fields = requiredFields(union)
  const isOfBranch = (error: SchemaError): boolean =>
    fields === undefined
      ? isWithin(error, union)
      : error.keyword === 'required' &&
        error.instancePath === union.instancePath &&
        fields.includes(String(error.params['missingProperty']))
  let start = meant.length
  for (let error = meant[start - 1]; error !== undefined && isOfBranch(error); error = meant[start - 1]) start -= 1
  return meant.splice(start)
}

/** The fields of which one must be there, where that is all that the forms differ in. */
export function requiredFields(union: SchemaError): string[] | undefined {
  const forms = Array.isArray(union.schema) ? union.schema : []
  const fields = forms.flatMap((form: unknown) => requiredOnly(form) ?? [])
  return fields.length > 0 && fields.length === forms.length ? fields : undefined
}

function requiredOnly(form: unknown): string[] | undefined {
  if (typeof form !== 'object' || form === null || !('required' in form) || Object.keys(form).length > 1) return undefined
  return Array.isArray(form.required) ? form.required.map(String) : undefined
}

function reduced(branches: readonly SchemaError[], union: SchemaError): SchemaError[] {
  if (requiredFields(union)) return [union]
  const telling = branches.filter((error) => !isPlaceholderForm(error))
  const specific = telling.filter((error) => error.instancePath !== union.instancePath || !isAboutKind(error))
  if (specific.length > 0) return specific
  const choice = telling.find((error) => error.keyword === 'enum' && typeof error.data === 'string')
  if (choice) return [choice]
  return telling.length === 1 ? [...telling] : [described(union, telling)]
}

/** A union that does not describe itself is described by the types of its forms. */
function described(union: SchemaError, telling: readonly SchemaError[]): SchemaError {
  const types = telling.flatMap((error) => (error.keyword === 'type' ? [error.params['type']].flat() : []))
  if (typeof union.parentSchema?.['description'] === 'string' || types.length < telling.length) return union
  return { ...union, keyword: 'type', params: { type: types }, parentSchema: {} }
}

function isWithin(error: SchemaError, union: SchemaError): boolean {
  return error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)
}

/** Says only that another kind of value was expected. */
function isAboutKind({ keyword, schema }: SchemaError): boolean {
  return (
    keyword === 'anyOf' ||
    keyword === 'type' ||
    keyword === 'enum' ||
    keyword === 'const' ||
    (keyword === 'pattern' && schema === ONE_PLACEHOLDER)
  )
}

/** "Not even a placeholder" is never what the author meant. */
function isPlaceholderForm({ keyword, schema }: SchemaError): boolean {
  return keyword === 'pattern' && schema === HOLDS_PLACEHOLDER
}
