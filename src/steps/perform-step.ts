import type { Evidence } from '../model/evidence.ts'
import type { Finding } from '../model/finding.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Step } from '../model/suite.ts'
import { judge } from './judge.ts'
import type { StepContext, StepKind } from './step-kind.ts'

/** What came of one step. */
export interface StepResult {
  /** What was seen, as the step's kind defines it. Plain JSON. */
  readonly observation: JsonObject
  /** Every unmet expectation; none: the step is as expected. */
  readonly findings: readonly Finding[]
  /** What expectations about many calls rest on, also those that are met. @default [] */
  readonly evidence?: readonly Evidence[]
  /** What `${steps.ID.field}` of later steps may take. */
  readonly outputs: JsonObject
}

/** Does a step and judges it. Rejects with a `ProblemError` where nothing could be seen, and with the signal's reason when that aborts. */
export interface PerformStep {
  (step: PerformableStep, context: StepContext): Promise<StepResult>
  readonly needsMs?: StepKind['needsMs']
  readonly receives?: StepKind['receives']
}

type PerformableStep = Pick<Step, 'input' | 'expect'>

/** A step kind with its own type of observation closed over, so that kinds of different types stand in one list. */
export function performer<Observation extends object>(kind: StepKind<Observation>): PerformStep {
  const perform: PerformStep = async (step, context) => {
    const observation = await kind.run(step.input, context, step.expect)
    const expectations = typeof kind.expectations === 'function' ? await kind.expectations() : kind.expectations
    const judgement = judge({ ...kind, expectations }, step.expect, observation)
    return { observation: plain(observation), outputs: kind.outputs(observation), ...judgement }
  }
  return Object.assign(perform, { needsMs: kind.needsMs, receives: kind.receives })
}

function plain(observation: object): JsonObject {
  if (isJsonObject(observation)) return observation
  throw new TypeError('a step kind must observe an object')
}
