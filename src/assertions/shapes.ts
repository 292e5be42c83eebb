import type { Json, JsonObject } from '../model/json.ts'

/**
 * What stands where a value is expected: a plain value (deep equality; objects may have further keys), which may hold matchers
 * at any depth, or an object that has nothing but the keys of {@link MatcherObject}.
 */
export type ValueMatcher = Json

/** All keys that are given must hold. An object with any other key is a plain value. */
export interface MatcherObject {
  /** The very same value, taken literally: nothing inside is read as a matcher, and objects have no further keys. */
  readonly equals?: Json
  readonly not?: ValueMatcher
  readonly oneOf?: readonly ValueMatcher[]
  /** RE2 syntax, found anywhere in a text. */
  readonly matches?: string
  /** A text holds this text; a list holds an item that meets this matcher; a list of them: each of them. */
  readonly contains?: ValueMatcher
  readonly gt?: number
  readonly gte?: number
  readonly lt?: number
  readonly lte?: number
  readonly exists?: boolean
  readonly type?: JsonType | readonly JsonType[]
  /** Characters of a text, items of a list, keys of an object: a number or a matcher. */
  readonly length?: ValueMatcher
  /** As a plain value, but objects have no further keys, at any depth. */
  readonly exactly?: ValueMatcher
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null'

/** `path`: what the call visits, in order. `'...'` stands for any nodes, also none. */
export type PathPattern = readonly PathItem[]

export type PathItem =
  | string
  | { readonly anyOf: readonly (PathItem | PathPattern)[] }
  | { readonly optional: PathItem | PathPattern }
  /** `min` is 1 and `max` is unbounded unless given. */
  | { readonly repeat: PathItem | PathPattern; readonly min?: number; readonly max?: number }

/** `visits`: how often each node is visited, as a number or a matcher of numbers; a list of nodes: each at least once. */
export type Visits = Readonly<Record<string, ValueMatcher>> | readonly string[]

/** `loops`: `none` allows every node one visit; otherwise the most visits that each named node may have (others: 3). */
export type LoopBounds = 'none' | Readonly<Record<string, number>>

/** `variablesAt`: by node, after its last visit; or a list that says which visit. */
export type VariablesAt = Readonly<Record<string, JsonObject>> | readonly VariablesAtVisit[]

export interface VariablesAtVisit {
  readonly node: string
  /** Which of the node's visits, counted from 1. @default 'last' */
  readonly visit?: 'first' | 'last' | 'any' | 'every' | number
  readonly variables: JsonObject
}

/** `duration`: `500ms` is short for `{ max: 500ms }`. */
export type DurationBounds = string | { readonly min?: string; readonly max?: string }

/**
 * `errors` and `warnings`: `none`; `any` (at least one); how many; a list, which names all of them in any order;
 * or some of them (`contains`) and how many (`count`).
 */
export type Diagnostics = 'none' | 'any' | number | readonly DiagnosticPattern[] | DiagnosticsObject

export interface DiagnosticsObject {
  readonly count?: ValueMatcher
  readonly contains?: readonly DiagnosticPattern[]
}

export interface DiagnosticPattern {
  readonly code?: ValueMatcher
  readonly message?: ValueMatcher
  /** 1-based; a diagnostic without a known line has none. */
  readonly line?: ValueMatcher
  readonly column?: ValueMatcher
}
