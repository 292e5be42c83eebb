import type { Json } from '../model/json.ts'
import type { SchemaError, Validator } from '../schema/validator.ts'
import { type EmulatorRequest, type Reason, refuse } from './exchange.ts'

const JSON_MEDIA_TYPE = /^application\/(?:[\w.!#$&^+-]+\+)?json$/
const UTF8 = /^utf-?8$/i
const MAX_DEPTH = 64
const MAX_REASONS = 20

/** True where the request has a body of at least one byte. */
export function hasBody(request: EmulatorRequest): boolean {
  return request.body !== undefined && request.body.length > 0
}

/** The body as text. Throws a refusal: 400 for bytes that are no UTF-8, 415 for a content coding. */
export function bodyText(request: EmulatorRequest): string {
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding.toLowerCase() !== 'identity') {
    throw refuse(415, 'unsupported_content_encoding', `send the body as it is, not as ${coding}`, {
      headers: { 'accept-encoding': 'identity' },
    })
  }
  if (typeof request.body === 'string') return request.body
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(request.body)
  } catch {
    throw refuse(400, 'malformed_body', 'the body is not valid UTF-8')
  }
}

/** What a body is held against beside its schema, and how it is refused. */
export interface BodyRules {
  /** What else is wrong with it, whatever its shape. @default nothing */
  readonly further?: (body: Json) => readonly Reason[]
  /** The status of the refusal. @default 422 */
  readonly status?: number
}

/**
 * The body as a value that the schema has proven. Throws a refusal with every reason: 415 for another media type, 400 for what is
 * not JSON, 422 (or the status of the rules) for JSON of another shape.
 */
export function jsonBody<T>(request: EmulatorRequest, isValid: Validator<T>, { further, status = 422 }: BodyRules = {}): T {
  refuseOtherMediaTypes(request.headers['content-type'])
  const value = parseJson(bodyText(request))
  if (depthOf(value) > MAX_DEPTH) throw refuse(400, 'malformed_body', `the body is nested deeper than ${MAX_DEPTH} levels`)
  const reasons = further?.(value) ?? []
  if (isValid(value) && reasons.length === 0) return value
  const all = [...(isValid.errors ?? []).map(toReason), ...reasons]
  throw refuse(status, 'invalid_request', 'the body is not what this request takes', { reasons: all.slice(0, MAX_REASONS) })
}

/** The media type of a `Content-Type` header, in lower case and without parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function refuseOtherMediaTypes(contentType: string | undefined): void {
  if (contentType === undefined) return
  const charset = /;\s*charset="?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8'
  if (JSON_MEDIA_TYPE.test(mediaType(contentType)) && UTF8.test(charset)) return
  throw refuse(415, 'unsupported_media_type', `send the body as "Content-Type: application/json", not as "${contentType}"`, {
    headers: { accept: 'application/json' },
  })
}

function parseJson(text: string): Json {
  if (text === '') throw refuse(400, 'malformed_body', 'the request needs a JSON body')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuse(400, 'malformed_body', `the body is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}

/** How many levels a value has, 1 for a plain one. Level by level, not by recursion: a hostile body must not exhaust the stack. */
function depthOf(value: Json): number {
  let depth = 0
  let level: readonly unknown[] = [value]
  while (level.length > 0 && depth <= MAX_DEPTH) {
    depth += 1
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return depth
}

function toReason({ instancePath, keyword, params, message = 'is not valid' }: SchemaError): Reason {
  if (keyword === 'additionalProperties') {
    return { field: `${instancePath}/${params['additionalProperty']}`, message: 'is not a field of this request' }
  }
  if (keyword === 'required') return { field: `${instancePath}/${params['missingProperty']}`, message: 'is missing' }
  if (keyword === 'const') return { field: instancePath, message: `has to be ${JSON.stringify(params['allowedValue'])}` }
  if (keyword === 'enum') return { field: instancePath, message: `${message}: ${JSON.stringify(params['allowedValues'])}` }
  return { field: instancePath, message }
}
