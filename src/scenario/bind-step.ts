import type { JsonObject } from '../model/json.ts'
import type { Step } from '../model/suite.ts'

/**
 * The step with every `${steps.ID.field}` filled in from what earlier steps of the scenario yielded, and validated again.
 * Throws a `ProblemError` (`UNKNOWN_REFERENCE`, `INVALID_STEP`) where that cannot be; its `details.pointer` is the JSON
 * pointer of the value at fault. A step without such placeholders is returned as it is.
 */
export declare function bindStep(step: Step, outputs: ReadonlyMap<string, JsonObject>): Step
