import { isJsonObject, type Json } from '../model/json.ts'

/** What is nested deeper is not compared. */
const MAX_DEPTH = 64

/** JSON with its keys in order, so that equal values have equal texts; `undefined` for a value that is nested out of reason. */
export function canonicalJson(value: Json, depth = MAX_DEPTH): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (depth === 0) return undefined
  return isJsonObject(value)
    ? joined(Object.keys(value).sort(), (key) => member(key, value[key], depth), '{}')
    : joined(value, (item) => canonicalJson(item, depth - 1), '[]')
}

function member(key: string, value: Json | undefined, depth: number): string | undefined {
  if (value === undefined) return ''
  const text = canonicalJson(value, depth - 1)
  return text === undefined ? undefined : `${JSON.stringify(key)}:${text}`
}

function joined<T>(items: readonly T[], textOf: (item: T) => string | undefined, brackets: '{}' | '[]'): string | undefined {
  const texts: string[] = []
  for (const item of items) {
    const text = textOf(item)
    if (text === undefined) return undefined
    if (text !== '') texts.push(text)
  }
  return `${brackets[0]}${texts.join(',')}${brackets[1]}`
}
