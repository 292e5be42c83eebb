import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { malformed } from './malformed.ts'
import { listed } from './show.ts'

/** Why a change is refused before it is sent. A type and no interface, so that it is JSON as it stands. */
export type Refusal = {
  readonly code: RefusalCode
  /** One sentence for a QA person. */
  readonly message: string
}

type RefusalCode =
  /** The agent does not work at this moment. */
  | 'no-shift'
  /** The shift of this moment names another work mode. */
  | 'shift-conflict'
  /** A skill would get more interactions at once than it may. */
  | 'concurrency-exceeded'

/**
 * Expects that a change is refused: `none`, `any`, one code, a list that names all codes in any order, or `{ contains: [...] }` for some of
 * them.
 */
export function refused(expected: Json, actual: readonly Refusal[]): readonly Finding[] {
  if (expected === 'none') return actual.length === 0 ? [] : [differs('the change not to be refused', expected, actual)]
  if (expected === 'any') return actual.length > 0 ? [] : [differs('the change to be refused', expected, actual)]
  const wanted = codesIn(isJsonObject(expected) ? expected['contains'] : expected)
  if (wanted === undefined) return [malformed('none, any, or codes such as no-shift', expected)]
  const told = new Set<string>(actual.map(({ code }) => code))
  const isMet = wanted.every((code) => told.has(code)) && (isJsonObject(expected) || told.size === new Set(wanted).size)
  return isMet ? [] : [differs(wordsFor(wanted), expected, actual)]
}

function codesIn(value: Json | undefined): readonly string[] | undefined {
  const codes = typeof value === 'string' ? [value] : value
  return Array.isArray(codes) && codes.every((code) => typeof code === 'string') ? codes : undefined
}

function wordsFor(codes: readonly string[]): string {
  return codes.length === 0 ? 'the change not to be refused' : `the change to be refused because of ${listed(codes, 'and')}`
}

function differs(words: string, expected: Json, actual: readonly Refusal[]): Finding {
  const codes = [...new Set(actual.map(({ code }) => code))]
  return {
    code: 'REFUSAL_DIFFERS',
    message: `expected ${words}, ${codes.length === 0 ? 'but nothing speaks against it' : `got ${listed(codes, 'and')}`}`,
    expected,
    actual: codes,
    details: actual.map(({ code, message }) => `${code}: ${message}`),
  }
}
