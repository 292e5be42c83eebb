import type { Fault } from '../model/fault.ts'
import { excerpt } from './excerpt.ts'

const NULL = /^(?:~|null|Null|NULL)?$/
const TRUE = /^(?:true|True|TRUE)$/
const FALSE = /^(?:false|False|FALSE)$/
const DECIMAL = /^[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)$/
const INTEGER = /^[-+]?[0-9]+$/
const BASED = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

/** Only text that begins with one of these can be something else than a string. */
const MAY_BE_SPECIAL = /^(?:$|[-+.0-9~nNtTfF])/

export type PlainValue = string | number | boolean | null

/**
 * What YAML 1.2 (core schema, https://yaml.org/spec/1.2.2/#103-core-schema) makes of text without quotes.
 * `undefined` where that would silently change what stands there: {@link explainPlain} says how.
 */
export function resolvePlain(text: string): PlainValue | undefined {
  if (!MAY_BE_SPECIAL.test(text)) return text
  if (NULL.test(text)) return null
  if (TRUE.test(text)) return true
  if (FALSE.test(text)) return false
  if (DECIMAL.test(text)) return lossOf(text) === undefined ? Number(text) : undefined
  return BASED.test(text) || NOT_FINITE.test(text) ? undefined : text
}

/** Why {@link resolvePlain} refuses a text, what is lost, and what to write instead. */
export function explainPlain(text: string): Pick<Fault, 'code' | 'message' | 'advice'> {
  const shown = excerpt(text)
  const quoted = JSON.stringify(shown)
  if (NOT_FINITE.test(text))
    return { code: 'NOT_A_NUMBER', message: `${shown} is not a number that can be sent`, advice: `if it is text, write ${quoted}` }
  const value = Number(text)
  if (!Number.isFinite(value)) return { code: 'NUMBER_CHANGED', message: `${shown} is too large for a number`, advice: `write ${quoted}` }
  const loss = BASED.test(text) ? 'it is not written in decimal' : lossOf(text)
  const advice =
    loss === TOO_LARGE || !Number.isSafeInteger(value) ? `write ${quoted}` : `write ${quoted}, or ${value} if the number is meant`
  return { code: 'NUMBER_CHANGED', message: `without quotes ${shown} is read as the number ${value}: ${loss}`, advice }
}

const TOO_LARGE = 'digits past 2^53 are lost'

/** What gets lost when the text of a number becomes a number; `undefined` where nothing does. */
function lossOf(text: string): string | undefined {
  if (text.startsWith('+')) return 'the + is lost'
  if (/^-?0[0-9]/.test(text)) return 'the leading zeros are lost'
  const value = Number(text)
  if (INTEGER.test(text)) return Number.isSafeInteger(value) ? undefined : TOO_LARGE
  return Number.isFinite(value) && significantDigits(text) === significantDigits(String(value)) ? undefined : 'digits are lost'
}

/** The digits of a number without zeros at either end; sign, point and exponent do not count. */
function significantDigits(text: string): string {
  const [mantissa = ''] = text.toLowerCase().split('e')
  return mantissa.replace(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '')
}
