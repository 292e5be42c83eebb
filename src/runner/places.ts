import type { Finding } from '../model/finding.ts'
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

/** The problem with the place of its step, where it does not know a better one. */
export function placeProblem(attempt: Attempt, step: Step, problem: Problem): Problem {
  if (problem.place) return problem
  const place = attempt.run.locate(attempt.file, step.pointer)
  return place ? { ...problem, place } : problem
}
