import type { Finding } from '../model/finding.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { Problem } from '../model/problem.ts'
import type { Step } from '../model/suite.ts'
import type { Attempt } from './attempt.ts'

/** The findings of a step, each with the place of the expectation that is unmet. */
export function placeFindings(attempt: Attempt, step: Step, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => {
    const { at = [] } = finding
    const pointer = at.length > 0 ? [...step.pointer, 'expect', ...at] : step.pointer
    const place = attempt.run.locate(attempt.file, pointer)
    return place ? { ...finding, place } : finding
  })
}

/** The problem with the place of its step, or of what it is about in that, where it does not know a better one. */
export function placeProblem(attempt: Attempt, step: Step, { at, ...problem }: Problem): Problem {
  if (problem.place) return problem
  const place = at ? placeOfInput(attempt, step, at) : attempt.run.locate(attempt.file, step.pointer)
  return place ? { ...problem, place } : problem
}

/** A `flowId` that is not written in the step comes from the file's `flow`; what is not written has the place of what it would stand in. */
function placeOfInput({ run, file }: Attempt, { pointer, kind }: Step, at: Pointer): Place | undefined {
  const input = run.locate(file, [...pointer, kind])
  const place = run.locate(file, [...pointer, kind, ...at])
  const isWritten = place?.line !== input?.line || place?.column !== input?.column
  return isWritten || at[0] !== 'flowId' ? place : run.locate(file, ['flow'])
}
