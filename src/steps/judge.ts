import { didYouMean } from '../assertions/nearest-id.ts'
import type { Finding } from '../model/finding.ts'
import type { JsonObject } from '../model/json.ts'
import type { StepKind } from './step-kind.ts'

type Judged<Observation extends object> = Pick<StepKind<Observation>, 'key' | 'expectations' | 'implied'>

/**
 * Everything that an observation leaves unmet: each key of `expect` in the author's order, then what the kind implies.
 * The findings' `at` starts at `expect`. A key that the kind does not know is a finding too, so that nothing is ever left out silently.
 */
export function judge<Observation extends object>(
  kind: Judged<Observation>,
  expect: JsonObject,
  observation: Observation,
): readonly Finding[] {
  const named = Object.keys(expect).flatMap((key) => judgeOne(kind, key, expect, observation))
  return [...named, ...kind.implied(expect, observation)]
}

function judgeOne<Observation extends object>(
  kind: Judged<Observation>,
  key: string,
  expect: JsonObject,
  observation: Observation,
): readonly Finding[] {
  const expected = expect[key]
  if (expected === undefined) return []
  const expectation = Object.hasOwn(kind.expectations, key) ? kind.expectations[key] : undefined
  if (expectation === undefined) return [unknownExpectation(kind, key)]
  return expectation(expected, observation).map((finding) => ({ ...finding, at: [key, ...(finding.at ?? [])] }))
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
