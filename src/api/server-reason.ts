import { isJsonObject, type Json } from '../model/json.ts'
import { type Mask, safeText } from './excerpt.ts'
import { parseJson } from './parse-json.ts'

/** Where servers say why: RFC 9457, OAuth 2.0, and what gateways and frameworks do. The first that holds text wins. */
const FIELDS = ['detail', 'error_description', 'message', 'errorMessage', 'error', 'title', 'reason', 'description', 'fault']
const LISTS = ['errors', 'reasons', 'details']
const ITEMS_SHOWN = 3

/** Why the server refused, in its own words and safe to print; `undefined` where its body does not say so in JSON. */
export function serverReason(body: Uint8Array, mask: Mask): string | undefined {
  const reason = reasonIn(jsonOf(body))
  return reason === undefined ? undefined : safeText(reason, mask)
}

function jsonOf(body: Uint8Array): Json | undefined {
  try {
    return parseJson(body)
  } catch {
    return undefined
  }
}

function reasonIn(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (!isJsonObject(value)) return undefined
  const text = firstOf(FIELDS.map((field) => reasonIn(value[field])))
  const items = firstOf(LISTS.map((list) => listed(value[list])))
  return text && items ? `${text} (${items})` : (text ?? items)
}

function listed(value: Json | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined
  const items = value
    .slice(0, ITEMS_SHOWN)
    .map(itemText)
    .filter((text) => text !== undefined)
  return items.length === 0 ? undefined : items.join('; ')
}

function itemText(item: Json): string | undefined {
  const reason = reasonIn(item)
  const field = isJsonObject(item) ? item['field'] : undefined
  return reason !== undefined && typeof field === 'string' ? `${field}: ${reason}` : reason
}

function firstOf(texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined)
}
