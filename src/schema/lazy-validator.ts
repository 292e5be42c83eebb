import { createRequire } from 'node:module'
import type { Validator } from './validator.ts'

/**
 * The validator of that name in a generated module, which is loaded when a value is first held against it: together these modules are a
 * megabyte of code, and most runs need a tenth of it.
 */
export function lazyValidator<T>(module: string, name: string): Validator<T> {
  let loaded: Validator<T> | undefined
  const validate: Validator<T> = (value): value is T => {
    loaded ??= load<T>(module, name)
    const isValid = loaded(value)
    validate.errors = loaded.errors ?? null
    return isValid
  }
  return validate
}

/** Loads a module that stands beside this one; `npm run build` puts it there as well. */
function load<T>(module: string, name: string): Validator<T> {
  const validators: Readonly<Record<string, Validator<T>>> = createRequire(import.meta.url)(`./generated/${module}.cjs`)
  const validator = validators[name]
  if (!validator) throw new Error(`the generated module ${module} has no ${name}`)
  return validator
}
