import { parseDuration } from '../model/duration.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import type { Reference, Step } from '../model/suite.ts'
import type { WrittenStep } from './scenario-file.ts'
import { type ReadableKind, stepKinds } from './step-kinds.ts'

/** Where a step comes from. */
export interface StepOrigin {
  /** Where it stands in its file. */
  readonly pointer: Pointer
  /** The file's flow. */
  readonly flow: string | undefined
  /** Those of its texts that wait for earlier steps; `at` begins at the step as written. */
  readonly references: readonly Reference[]
}

/** A step as it runs, from one that is filled in and that its schema has proven. */
export function buildStep(written: WrittenStep, { pointer, flow, references }: StepOrigin): Step {
  const kind = kindOf(written)
  const { within } = written.expect ?? {}
  const withinMs = typeof within === 'string' ? parseDuration(within) : undefined
  return {
    kind: kind.key,
    ...(written.id !== undefined && { id: written.id }),
    input: withFlow(objectOf(written[kind.key]), kind.takesFlow ? flow : undefined),
    expect: within === undefined ? (written.expect ?? {}) : withoutWithin(written.expect),
    ...(withinMs !== undefined && { withinMs }),
    pointer,
    ...(references.length > 0 && { references: references.map((reference) => inStep(reference, kind)) }),
  }
}

/** The kind whose key the step has. */
export function kindOf(written: WrittenStep): ReadableKind {
  const kind = stepKinds.find(({ key }) => key in written)
  if (kind === undefined) throw new TypeError('a step without a kind has passed the schema')
  return kind
}

/** What stands under the kind's key is the step's `input`. */
function inStep({ at, parts }: Reference, kind: ReadableKind): Reference {
  const [first, ...rest] = at
  return { at: first === kind.key ? ['input', ...rest] : at, parts }
}

/** Most steps have no `within`, and copying costs. */
function withoutWithin({ within: _within, ...expect }: JsonObject = {}): JsonObject {
  return expect
}

function withFlow(input: JsonObject, flow: string | undefined): JsonObject {
  return flow === undefined || input['flowId'] !== undefined ? input : { flowId: flow, ...input }
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}
