import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { EmulatorAnswer } from '../exchange.ts'
import type { Disturbance } from './disturbance.ts'

const HTML = '<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>'

/** What becomes of an answer under a disturbance, its delay apart. `date` is the time of day. */
export function disturb(answer: EmulatorAnswer, disturbance: Disturbance, date: () => Date): EmulatorAnswer {
  const { merge, retryAfterDateMs, delivery } = disturbance
  const merged = merge ? withMerged(answer, merge) : answer
  const reshaped = withBody(merged, disturbance.body)
  const headers =
    retryAfterDateMs === undefined
      ? reshaped.headers
      : { ...reshaped.headers, 'retry-after': new Date(date().getTime() + retryAfterDateMs).toUTCString() }
  return { ...reshaped, headers, ...(delivery && { delivery }) }
}

function withMerged(answer: EmulatorAnswer, patch: JsonObject): EmulatorAnswer {
  const body: Json = answer.body === '' ? {} : JSON.parse(answer.body)
  return { ...answer, body: JSON.stringify(mergePatch(body, patch)) }
}

function withBody(answer: EmulatorAnswer, body: Disturbance['body']): EmulatorAnswer {
  if (body === 'truncated') return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }
  if (body === 'not-json') return { ...answer, body: 'upstream connect error or disconnect/reset before headers' }
  if (body === 'html') return { ...answer, headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8' }, body: HTML }
  if (body === 'empty') return { ...answer, body: '' }
  return answer
}

/** JSON Merge Patch (RFC 7396, 2). */
function mergePatch(target: Json, patch: Json): Json {
  if (!isJsonObject(patch)) return patch
  const merged = new Map(isJsonObject(target) ? Object.entries(target) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else if (value !== undefined) merged.set(key, mergePatch(merged.get(key) ?? null, value))
  }
  return Object.fromEntries(merged)
}
