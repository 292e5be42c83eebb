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
  checkStructure(text)
  return value
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new JsonError(text.trim() === '' ? 'is empty' : 'is not valid JSON', { cause: error })
  }
}

/** Walks the text, which is known to be JSON, with a stack of its own: for each open object the keys seen, `undefined` for an array. */
function checkStructure(text: string): void {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') at = checkString(text, at, open.at(-1))
    else if (character === '{') open.push(new Set())
    else if (character === '[') open.push(undefined)
    else if (character === '}' || character === ']') open.pop()
    if (open.length > MAX_DEPTH) throw new JsonError(`is nested deeper than ${MAX_DEPTH} levels`)
  }
}

/** The index of the closing quote of the string that opens at `from`; where it is a key, it must be a new one. */
function checkString(text: string, from: number, keys: Set<string> | undefined): number {
  let to = from + 1
  while (text[to] !== '"') to += text[to] === '\\' ? 2 : 1
  if (keys && isKey(text, to)) {
    const raw = text.slice(from, to + 1)
    const key: string = raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1)
    if (keys.has(key)) throw new JsonError(`has the key ${raw.slice(0, 60)} twice in one object`)
    keys.add(key)
  }
  return to
}

function isKey(text: string, closingQuote: number): boolean {
  let at = closingQuote + 1
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return text[at] === ':'
}
