import { printable } from '../../model/printable.ts'
import type { Colours } from '../colours.ts'
import type { RequestReport, ScenarioReport, StepReport, SuiteReport } from '../run-report.ts'
import { showCount, showDuration } from '../show.ts'
import { headline } from '../story.ts'
import { tellEvidence } from '../tell-evidence.ts'
import { countWords, scenarioSign, suiteSign } from './marks.ts'

/**
 * A scenario file with its scenarios, as soon as all of them have ended:
 *
 * ```text
 * ✗ Main menu  scenarios/main-menu.cxspec.yaml  1 passed, 1 failed  38 ms
 *   ✓ key 1 reaches the sales queue  12 ms
 *   ✗ key 2 reaches support  20 ms
 *       expected node_exit at the end, got node_error
 * ```
 */
export function suiteBlock(suite: SuiteReport<string>, colours: Colours): string {
  const { totals, durationMs } = suite
  const facts = [countWords(totals), ...(durationMs > 0 ? [showDuration(durationMs)] : [])].join('  ')
  const title = `${suiteSign(totals, colours)} ${colours.bold(printable(suite.name))}  ${colours.dim(printable(suite.file))}  ${facts}`
  return `${[title, ...suite.scenarios.filter((lines) => lines !== '')].join('\n')}\n`
}

/** How much of a scenario its lines tell. */
export interface ScenarioDetail {
  /** Whether the reason is told; not where it was told before. */
  readonly withReason: boolean
  /** Whether its steps and requests are told, and that it did not run. */
  readonly isVerbose: boolean
}

/** A scenario's part of that block. Empty for one that did not run. */
export function scenarioLines(scenario: ScenarioReport, { withReason, isVerbose }: ScenarioDetail, colours: Colours): string {
  const { name, outcome, durationMs, tries } = scenario
  if (outcome.status === 'not-run' && !isVerbose) return ''
  const facts = [...(tries.length > 0 ? [showDuration(durationMs)] : []), ...remarks(scenario)]
  const title = `  ${scenarioSign(scenario, colours)} ${printable(name)}${facts.map((fact) => `  ${colours.dim(fact)}`).join('')}`
  const why = withReason ? [`      ${colours.dim(headline(outcome))}`] : []
  return [title, ...why, ...(isVerbose ? tries.flatMap((attempt) => tryLines(attempt, tries.length, colours)) : [])].join('\n')
}

function remarks({ outcome, isFlaky, excuse, tries }: ScenarioReport): string[] {
  const again = tries.reduce((sum, { steps }) => sum + steps.reduce((count, step) => count + retriesOf(step), 0), 0)
  return [
    ...(outcome.status === 'skipped' ? [`skipped: ${headline(outcome)}`] : []),
    ...(excuse ? [printable(excuse.reason)] : []),
    ...(isFlaky ? [`flaky: passed on try ${tries.length}`] : []),
    ...(again > 0 ? [`${showCount(again, 'request')} sent again`] : []),
  ]
}

function retriesOf({ requests }: StepReport): number {
  return requests.reduce((sum, { retries }) => sum + retries.length, 0)
}

function tryLines({ number, outcome, steps }: ScenarioReport['tries'][number], count: number, colours: Colours): string[] {
  const title = count > 1 ? [`      try ${number}: ${outcome.status}`] : []
  const evidence = tellEvidence(steps, colours).map((line) => `      ${line}`)
  return [...[...title, ...steps.flatMap(stepLines)].map((line) => colours.dim(line)), ...evidence]
}

function stepLines({ index, kind = 'step', id, isTeardown, durationMs, requests, jobs }: StepReport): string[] {
  const name = `${isTeardown ? 'teardown ' : ''}${printable(kind)}${id === undefined ? '' : ` "${printable(id)}"`}`
  const took = durationMs === undefined ? 'did not end' : showDuration(durationMs)
  return [
    `      ${index + 1}. ${name}  ${took}`,
    ...requests.flatMap(requestLines),
    ...jobs.map(({ job, id: jobId, status }) => `         ${printable(`${job} ${jobId}`)}: ${printable(status)}`),
  ]
}

function requestLines({ method = '', path = 'a request', status, latencyMs, correlationId, retries, problem }: RequestReport): string[] {
  const answer =
    status === undefined ? (problem?.code ?? 'no answer') : `${status}${latencyMs === undefined ? '' : ` in ${showDuration(latencyMs)}`}`
  const id = correlationId === undefined ? '' : `  correlation id ${printable(correlationId)}`
  return [
    ...retries.map(({ attempt, reason, delayMs }) => `         attempt ${attempt}: ${printable(reason)}; waited ${showDuration(delayMs)}`),
    `         ${printable(`${method} ${path}`.trim())} → ${answer}${id}`,
  ]
}
