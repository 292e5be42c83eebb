import { Validator } from '@cfworker/json-schema'
import type { JsonObject } from '../../model/json.ts'
import type { Reason } from '../exchange.ts'

const DRAFT = '7'
/** They only say that something below them does not fit, which has a reason of its own. */
const SUMMARIES = new Set(['properties', 'patternProperties', 'additionalProperties', 'items', 'allOf', '$ref'])

/**
 * What is wrong with the inputs of an action, by its schema. Inputs that the schema does not name are refused unless it says otherwise.
 * Throws where the schema cannot be used, e.g. because of a pattern that is none.
 */
export function inputReasons(inputs: JsonObject, schema: JsonObject): Reason[] {
  const { errors } = new Validator({ additionalProperties: false, ...schema }, DRAFT, false).validate(inputs)
  return errors
    .filter(({ keyword }) => !SUMMARIES.has(keyword))
    .map(({ keyword, instanceLocation, error }) => ({
      field: `/inputs${instanceLocation.slice(1)}`,
      message: keyword === 'false' ? 'is not an input of this action' : error,
    }))
}
