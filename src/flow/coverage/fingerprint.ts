import { createHash } from 'node:crypto'
import { isJsonObject, type Json } from '../../model/json.ts'

/** SHA-256 of a definition, in hex. Whatever order its keys have and however it is laid out, the same definition has the same. */
export function fingerprintOf(definition: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(definition)))
    .digest('hex')
}

function inOrder(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isJsonObject(value)) return value ?? null
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder(value[key])]),
  )
}
