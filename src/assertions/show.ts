import { isJsonObject, type Json } from '../model/json.ts'

/** The longest text that a value takes in a sentence, in characters. */
const SENTENCE_LENGTH = 200

/** The longest text of a value that a finding carries whole. */
const CARRIED_LENGTH = 2_000

/** What is nested deeper is left out. */
const MAX_DEPTH = 32

const TOO_DEEP = '…'

/**
 * A value as a message shows it: JSON on one line, cut to 200 characters. Safe for values of any size and depth, since no more
 * than what is shown is looked at. `undefined` reads `absent`.
 */
export function show(value: Json | undefined): string {
  return value === undefined ? 'absent' : shorten(value, SENTENCE_LENGTH).text
}

/** The value as a finding carries it: whole where it is small, otherwise its short text, so that no answer can make a report huge. */
export function carried(value: Json): Json {
  const { text, isWhole } = shorten(value, CARRIED_LENGTH)
  return isWhole ? value : text
}

/** Names as a sentence lists them: `a`, `a or b`, `a, b or c`. */
export function listed(names: readonly string[], conjunction: 'or' | 'and'): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${conjunction} ${last}`
}

/** `1 visit`, `3 visits`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function shorten(value: Json, length: number): { readonly text: string; readonly isWhole: boolean } {
  let text = ''
  let isWhole = true
  for (const piece of pieces(value, MAX_DEPTH, length)) {
    text += piece
    if (piece === TOO_DEEP) isWhole = false
    if (text.length > length) return { text: `${text.slice(0, length)}…`, isWhole: false }
  }
  return { text, isWhole }
}

function* pieces(value: Json, depth: number, length: number): Generator<string> {
  if (typeof value === 'string') yield JSON.stringify(value.slice(0, length + 1))
  else if (typeof value !== 'object' || value === null) yield String(value)
  else if (depth === 0) yield TOO_DEEP
  else if (isJsonObject(value)) yield* objectPieces(value, depth, length)
  else yield* listPieces(value, depth, length)
}

function* listPieces(items: readonly Json[], depth: number, length: number): Generator<string> {
  yield '['
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ', '
    yield* pieces(item, depth - 1, length)
  }
  yield ']'
}

function* objectPieces(object: { readonly [key: string]: Json | undefined }, depth: number, length: number): Generator<string> {
  yield '{'
  let separator = ''
  for (const key of Object.keys(object)) {
    const value = object[key]
    if (value === undefined) continue
    yield `${separator}${JSON.stringify(key.slice(0, length + 1))}: `
    yield* pieces(value, depth - 1, length)
    separator = ', '
  }
  yield '}'
}
