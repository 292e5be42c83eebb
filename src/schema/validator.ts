import type { Json } from '../model/json.ts'

/** One way in which a value departs from a schema, as ajv reports it. */
export interface SchemaError {
  /** JSON Pointer to the value, e.g. `/scenarios/0/debug/dtmf`. */
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
  /** The name of the key at fault, where keys themselves are validated (`propertyNames`). */
  readonly propertyName?: string
  /** The value itself (ajv's `verbose`). */
  readonly data?: unknown
  /** The schema of the value's place, with its `description` and `examples` (ajv's `verbose`). */
  readonly parentSchema?: Readonly<Record<string, unknown>>
  readonly schema?: unknown
}

/** A compiled JSON Schema: a type guard that leaves its complaints in `errors` until the next call. */
export interface Validator<T = Json> {
  (value: unknown): value is T
  errors?: readonly SchemaError[] | null
}
