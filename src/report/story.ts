import type { Finding } from '../model/finding.ts'
import { sourceLines } from '../model/format-fault.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Outcome } from '../model/outcome.ts'
import { formatPlace, type Place } from '../model/place.ts'
import { printable } from '../model/printable.ts'
import type { Problem } from '../model/problem.ts'
import type { Colours } from './colours.ts'
import type { ScenarioReport, TeardownReport, TryReport } from './run-report.ts'
import { showCount, showValue } from './show.ts'
import { tellEvidence } from './tell-evidence.ts'

/** Findings of one scenario that are told in full; the others are in the JSON report. */
const MAX_FINDINGS = 20

/** A figure of a problem that shares its line with others is at most so long, in characters. */
const MAX_FIGURE = 40

/** Lines of explanation of one finding that are told. */
const MAX_DETAILS = 60

/**
 * Why a scenario did not simply pass, told for a QA person, one line each, without its name: every finding with its place, the
 * source line, expected and actual; the problem with its figures; what to do next; the correlation ids to quote; earlier tries.
 *
 * ```text
 * ✗ expected node_exit at the end, got node_error
 *   scenarios/menu.cxspec.yaml:9:17
 *     9 |       exitNode: node_exit
 *       |                 ^^^^^^^^^
 *   expected: "node_exit"
 *   actual:   "node_error"
 *   → look at the branch for key 1
 * correlation id: 6f1c…
 * ```
 */
export function tellScenario(scenario: ScenarioReport, colours: Colours): string[] {
  return [
    ...tellOutcome(scenario.outcome, colours),
    ...restsOn(scenario, colours),
    ...correlationIds(scenario).map((id) => colours.dim(`correlation id: ${printable(id)}`)),
    ...scenario.tries.slice(0, -1).map((attempt) => colours.dim(tellTry(attempt, scenario.tries.length))),
  ]
}

/** What expectations about many calls rest on, also those that are met: one that is not is judged beside them. */
function restsOn({ tries }: ScenarioReport, colours: Colours): string[] {
  const last = tries.at(-1)
  const lines = last ? tellEvidence(last.steps, colours) : []
  return lines.length === 0 ? [] : ['', ...lines]
}

/** Why an outcome is what it is; empty for `passed`. */
export function tellOutcome(outcome: Outcome, colours: Colours): string[] {
  switch (outcome.status) {
    case 'passed':
      return []
    case 'failed':
    case 'inconclusive':
      return tellFindings(outcome.findings, colours)
    case 'errored':
      return [...tellProblem(outcome.problem, colours), ...tellFindings(outcome.findings, colours)]
    case 'skipped':
    case 'not-run':
      return [colours.yellow(`- ${printable(outcome.reason)}`)]
  }
}

/** What a teardown left undone. */
export function tellTeardown({ step, problem, findings }: TeardownReport, colours: Colours): string[] {
  return [
    colours.dim(`the teardown of this scenario did not work (step ${step + 1}): what it should have tidied up may still be there`),
    ...(problem ? tellProblem(problem, colours) : []),
    ...tellFindings(findings, colours),
  ]
}

/** An outcome in one sentence: the first thing that is wrong, and how many more there are. */
export function headline(outcome: Outcome): string {
  switch (outcome.status) {
    case 'passed':
      return ''
    case 'failed':
    case 'inconclusive':
      return firstOf(outcome.findings)
    case 'errored':
      return printable(outcome.problem.message)
    case 'skipped':
    case 'not-run':
      return printable(outcome.reason)
  }
}

function firstOf(findings: readonly Finding[]): string {
  const more = findings.length > 1 ? ` (and ${showCount(findings.length - 1, 'more finding')})` : ''
  return `${printable(findings[0]?.message ?? 'no finding is on record')}${more}`
}

function tellFindings(findings: readonly Finding[], colours: Colours): string[] {
  const told = findings.slice(0, MAX_FINDINGS).flatMap((finding, index) => [...(index > 0 ? [''] : []), ...tellFinding(finding, colours)])
  const rest = findings.length - MAX_FINDINGS
  return rest > 0 ? [...told, colours.dim(`… and ${showCount(rest, 'more finding')}, all of them in the JSON report`)] : told
}

function tellFinding(finding: Finding, colours: Colours): string[] {
  const { message, place, expected, actual, details = [], advice, inconclusive } = finding
  const title = inconclusive ? colours.yellow(`? ${printable(message)}`) : colours.red(`✗ ${printable(message)}`)
  return [
    title,
    ...tellPlace(place, colours),
    ...(expected === undefined ? [] : [`  expected: ${colours.green(showValue(expected))}`]),
    ...(actual === undefined ? [] : [`  actual:   ${colours.red(showValue(actual))}`]),
    ...tellDetails(details, colours),
    ...tellAdvice(advice, colours),
  ]
}

function tellProblem(problem: Problem, colours: Colours): string[] {
  const { correlationId: _, ...details } = problem.details ?? {}
  return [
    colours.red(`! ${printable(problem.message)}`),
    ...tellPlace(problem.place, colours),
    ...tellFigures(problem, details).map((line) => colours.dim(line)),
    ...tellAdvice(problem.advice, colours),
  ]
}

function tellPlace(place: Place | undefined, colours: Colours): string[] {
  if (!place) return []
  const title = `  ${colours.cyan(printable(formatPlace(place)))}`
  if (place.source === undefined) return [title]
  const [source, caret] = sourceLines(place, place.source)
  return [title, colours.dim(`  ${source}`), `  ${colours.red(caret)}`]
}

function tellDetails(details: readonly string[], colours: Colours): string[] {
  const rest = details.length - MAX_DETAILS
  const lines = details.slice(0, MAX_DETAILS).map((line) => `  ${colours.dim('│')} ${printable(line)}`.trimEnd())
  return rest > 0 ? [...lines, `  ${colours.dim(`│ … ${showCount(rest, 'more line')}`)}`] : lines
}

function tellAdvice(advice: string | undefined, colours: Colours): string[] {
  return advice === undefined ? [] : advice.split('\n').map((line) => `  ${colours.bold(`→ ${printable(line)}`)}`)
}

/** `TIMEOUT · last status QUEUED · attempts 3`; a long figure has a line of its own. What the message says already is left out. */
function tellFigures({ code, message }: Problem, details: JsonObject): string[] {
  const isNew = (value: Json): boolean => typeof value !== 'string' || !message.includes(value)
  const figures = Object.entries(details).flatMap(([name, value]) => (value !== undefined && isNew(value) ? [showFigure(name, value)] : []))
  const short = figures.filter((figure) => figure.length <= MAX_FIGURE)
  return [[code, ...short].join(' · '), ...figures.filter((figure) => figure.length > MAX_FIGURE)].map((line) => `  ${line}`)
}

function showFigure(name: string, value: Json): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return printable(`${words} `) + (typeof value === 'string' ? printable(value) : showValue(value))
}

/** What support will ask for: the id of the problem, or of the last request of each step that is not as it should be. */
function correlationIds({ outcome, tries }: ScenarioReport): string[] {
  if (outcome.status === 'passed' || outcome.status === 'skipped') return []
  const own = outcome.status === 'errored' ? outcome.problem.details?.['correlationId'] : undefined
  if (typeof own === 'string') return [own]
  const steps = tries.at(-1)?.steps.filter((step) => !step.isTeardown && (step.problem || step.findings.length > 0)) ?? []
  return [...new Set(steps.map((step) => step.requests.at(-1)?.correlationId))].filter((id) => id !== undefined)
}

function tellTry({ number, outcome }: TryReport, count: number): string {
  return `try ${number} of ${count}: ${outcome.status}${outcome.status === 'passed' ? '' : `, ${headline(outcome)}`}`
}
