import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { Environment } from './environment.ts'

const REFERENCE = /\$\$\{|\$\{([^}]*)\}/g
const NAME = /^env\.([A-Za-z_][A-Za-z0-9_]*)$/

/**
 * Fills `${env.NAME}` in every text of a configuration; `$${` writes a literal `${`. The result is always text, never evaluated or
 * expanded again. Only the configuration may do this: a scenario file, which may come from a fork, never reads the environment.
 * A variable that is not set, and any other `${…}`, is a fault at its place.
 */
export function fillEnvironmentReferences(
  config: Json,
  environment: Environment,
  placeOf: (pointer: Pointer) => Place | undefined,
): { value: Json; faults: Fault[] } {
  const faults: Fault[] = []
  const fillText = (text: string, pointer: Pointer): string =>
    text.replace(REFERENCE, (whole, inside: string | undefined) => {
      if (inside === undefined) return '${'
      const name = NAME.exec(inside)?.[1]
      const value = name === undefined ? undefined : environment.get(name)
      if (value === undefined) faults.push(unknownReference(whole, name, placeOf(pointer)))
      return value ?? whole
    })
  const fill = (value: Json, pointer: Pointer): Json => {
    if (typeof value === 'string') return fillText(value, pointer)
    if (Array.isArray(value)) return value.map((item: Json, index) => fill(item, [...pointer, index]))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item ?? null, [...pointer, key])]))
  }
  return { value: fill(config, []), faults }
}

function unknownReference(whole: string, name: string | undefined, place: Place | undefined): Fault {
  const at = place ? { place } : {}
  if (name === undefined) {
    return {
      code: 'UNKNOWN_REFERENCE',
      message: `${whole} is no reference that a configuration can hold`,
      expected: '${env.NAME} with the name of an environment variable, or $${ for a literal ${',
      ...at,
    }
  }
  return {
    code: 'ENVIRONMENT_VARIABLE_MISSING',
    message: `${whole} names an environment variable that is not set`,
    advice: `set ${name}, or pass --env-file with a file that sets it`,
    ...at,
  }
}
