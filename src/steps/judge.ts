import { allOf, type Judgement, judgedBelow, judgementOf } from '../assertions/expectation.ts'
import { didYouMean } from '../assertions/nearest-id.ts'
import type { Finding } from '../model/finding.ts'
import type { JsonObject } from '../model/json.ts'
import type { Expectations, StepKind } from './step-kind.ts'

type Judged<Observation extends object> = Pick<StepKind<Observation>, 'key' | 'implied'> & {
  readonly expectations: Expectations<Observation>
}

/**
 * Everything that an observation leaves unmet, and what that rests on: each key of `expect` in the author's order, then what the kind
 * implies. `at` starts at `expect`. A key that the kind does not know is a finding too, so that nothing is ever left out silently.
 */
export function judge<Observation extends object>(kind: Judged<Observation>, expect: JsonObject, observation: Observation): Judgement {
  const named = Object.keys(expect).map((key) => judgeOne(kind, key, expect, observation))
  return allOf([...named, judgementOf(kind.implied(expect, observation))])
}

function judgeOne<Observation extends object>(
  kind: Judged<Observation>,
  key: string,
  expect: JsonObject,
  observation: Observation,
): Judgement {
  const expected = expect[key]
  if (expected === undefined) return allOf([])
  const expectation = Object.hasOwn(kind.expectations, key) ? kind.expectations[key] : undefined
  if (expectation === undefined) return judgementOf([unknownExpectation(kind, key)])
  return judgedBelow(key, judgementOf(expectation(expected, observation)))
}

function unknownExpectation<Observation extends object>(kind: Judged<Observation>, key: string): Finding {
  const known = Object.keys(kind.expectations)
  return {
    code: 'UNKNOWN_EXPECTATION',
    message: `"${key}" is nothing that can be expected of a "${kind.key}" step; known are ${known.join(', ')}`,
    at: [key],
    ...didYouMean(key, known),
  }
}
