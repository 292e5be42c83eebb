import { isUtf8 } from 'node:buffer'
import type { Json } from '../model/json.ts'

/** Deeper than anything that the API sends, and shallow enough for every recursive function that gets to see the value. */
const MAX_DEPTH = 100

/** Thrown for a body that is not JSON as we accept it; the message completes "the body …". */
export class JsonError extends Error {}

/**
 * The value of a JSON text in UTF-8, `undefined` for no bytes at all. Stricter than `JSON.parse`: bytes that are not UTF-8, nesting
 * deeper than 100 and a key that stands twice in an object are refused, since each would change or hide what the server said.
 * Throws a {@link JsonError}.
 */
export function parseJson(bytes: Uint8Array): Json | undefined {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw new JsonError('is not UTF-8')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const value = parse(text)
  if (countKeys(text) !== keysOf(value)) throw new JsonError(`has the key ${repeatedKey(text)} twice in one object`)
  return value
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new JsonError(text.trim() === '' ? 'is empty' : 'is not valid JSON', { cause: error })
  }
}

/** How many keys stand in a text that is known to be JSON. Throws where it is nested too deep. */
function countKeys(text: string): number {
  let keys = 0
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') {
      at = closingQuote(text, at)
      if (isKey(text, at)) keys += 1
    } else if (character === '{' || character === '[') {
      depth += 1
      if (depth > MAX_DEPTH) throw new JsonError(`is nested deeper than ${MAX_DEPTH} levels`)
    } else if (character === '}' || character === ']') depth -= 1
  }
  return keys
}

/** How many keys are left of them in the value, where of equal ones the last has won. */
function keysOf(value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) return 0
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const member of Object.values<Json | undefined>(value)) keys += keysOf(member)
  return keys
}

/** The first key that stands twice in an object, as it is written. */
function repeatedKey(text: string): string {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '{' || character === '[') open.push(new Set())
    else if (character === '}' || character === ']') open.pop()
    if (character !== '"') continue
    const raw = text.slice(at, closingQuote(text, at) + 1)
    at += raw.length - 1
    if (!isKey(text, at)) continue
    const key: string = JSON.parse(raw)
    if (open.at(-1)?.has(key)) return raw.slice(0, 60)
    open.at(-1)?.add(key)
  }
  return ''
}

/** Where the string ends that opens at `from`. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from + 1)
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before -= 1
  return (at - before) % 2 === 1
}

function isKey(text: string, closingQuote: number): boolean {
  let at = closingQuote + 1
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return text[at] === ':'
}
