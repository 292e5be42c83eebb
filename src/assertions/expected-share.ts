import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { parseShare } from '../model/share.ts'
import type { Judgement } from './expectation.ts'
import { malformed } from './malformed.ts'

/** A test refutes only what is so improbable, so that a night of a thousand checks cries wolf once. */
export const USUAL_ALPHA = 0.001

/** A claim about all calls is shown when it is shown with so much confidence. */
export const USUAL_CONFIDENCE = 0.95

/** The options of an expectation about shares, each a share or its usual value; or what is wrong with them. */
export function sharesOf<Name extends string>(
  expected: Json,
  usual: Readonly<Record<Name, number | undefined>>,
): Readonly<Record<Name, number | undefined>> | Judgement {
  const options: JsonObject = isJsonObject(expected) ? expected : {}
  const names = Object.keys(usual) as Name[]
  const faulty = names.find((name) => options[name] !== undefined && parseShare(options[name]) === undefined)
  if (faulty !== undefined) return invalid(options[faulty] ?? null, [faulty])
  const entries = names.map((name) => [name, parseShare(options[name]) ?? usual[name]])
  return Object.fromEntries(entries)
}

/** The judgement of what cannot be read as a share. */
export function invalid(got: Json, at: readonly string[] = []): Judgement {
  return { findings: [{ ...malformed('a share such as 0.03 or 3%', got), at }], evidence: [] }
}

/** Whether {@link sharesOf} found a fault. */
export function isFault(result: object): result is Judgement {
  return 'findings' in result
}
