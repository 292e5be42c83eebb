import type { FileRefused, RunFinished } from '../../model/event.ts'
import { formatFault } from '../../model/format-fault.ts'
import type { OutcomeStatus } from '../../model/outcome.ts'
import { plain } from '../colours.ts'
import type { RunReport, SuiteReport, TeardownReport, Totals } from '../run-report.ts'
import { marks } from '../screen/marks.ts'
import { showCount, showDuration } from '../show.ts'
import { tellTeardown } from '../story.ts'
import { verdictSentence } from '../verdict-sentence.ts'
import type { KeptScenario } from './kept-scenario.ts'
import { codeBlock, codeSpan, markdownText } from './markdown-text.ts'

/** Entries of a list that are shown; the other reports have all of them. */
const MAX_LISTED = 100

const MAX_SLOWEST = 5

/** GitHub takes at most 1 MiB for a step; a summary that would be longer is cut at the end of a line. */
const MAX_LENGTH = 250_000

type Run = RunReport<KeptScenario>

const BAD: ReadonlySet<OutcomeStatus> = new Set(['failed', 'errored', 'inconclusive', 'not-run'])

/** The whole summary. */
export function markdownSummary(run: Run, rerunCommand: string): string {
  const scenarios = run.suites.flatMap((suite) => suite.scenarios)
  const parts = [
    heading(run),
    facts(run),
    counts(run.totals),
    ...troubles(run, scenarios),
    ...excused(scenarios),
    ...flaky(scenarios),
    ...slowest(scenarios),
    ...files(run),
    `Run again: ${codeSpan(rerunCommand)}`,
  ]
  return cut(`${parts.join('\n\n')}\n`)
}

function heading({ totals, finished }: Run): string {
  const isGreen = finished?.exitCode === 0
  const early = finished?.interruption === undefined ? '' : ` It ended early: ${finished.interruption}.`
  const end = finished ? early : ' The run did not come to its end.'
  return `# ${isGreen ? '✅' : '❌'} ${markdownText(`${verdictSentence(totals)}${end}`)}`
}

function facts({ started, finished, durationMs }: Run): string {
  const parts = [
    ...(started ? [`target ${markdownText(started.target.name)}`, `seed ${started.seed}`] : []),
    markdownText(showDuration(durationMs)),
    ...exitCode(finished),
    ...(started ? [`run ${codeSpan(started.runId)} of ${markdownText(started.startedAt)}`] : []),
  ]
  return parts.join(' · ')
}

function exitCode(finished: RunFinished | undefined): string[] {
  return finished ? [`exit code ${finished.exitCode}`] : []
}

function counts(totals: Totals): string {
  const columns = [
    ['passed', totals.passed],
    ['flaky', totals.flaky],
    ['failed', totals.failed],
    ['errored', totals.errored],
    ['inconclusive', totals.inconclusive],
    ['skipped', totals.skipped],
    ['not run', totals.notRun],
    ['excused', totals.excused],
    ['files refused', totals.filesRefused],
    ['teardowns failed', totals.teardownsFailed],
  ] as const
  const shown = columns.filter(([, count], index) => count > 0 || index === 0)
  return table(
    shown.map(([name]) => name),
    [shown.map(([, count]) => String(count))],
    '--:',
  )
}

function troubles(run: Run, scenarios: readonly KeptScenario[]): string[] {
  const bad = scenarios.filter(({ status, excuse }) => excuse === undefined && BAD.has(status))
  const { refused, teardownsFailed } = run
  if (bad.length + refused.length + teardownsFailed.length === 0) return []
  return [
    '## What did not pass',
    ...refused.slice(0, MAX_LISTED).map(refusedFile),
    ...bad.filter(({ story }) => story !== undefined).map(told),
    ...teardownsFailed.slice(0, MAX_LISTED).map(teardown),
    ...named(bad.filter(({ story }) => story === undefined)),
  ]
}

function refusedFile({ file, faults }: FileRefused): string {
  return `### ✗ ${markdownText(file)} cannot be used\n\n${codeBlock(faults.slice(0, MAX_LISTED).flatMap((fault) => formatFault(fault).split('\n')))}`
}

function told({ suite, name, file, line, status, headline, story = [] }: KeptScenario): string {
  return [
    `### ${title(status, suite, name)}`,
    `${codeSpan(`${file}:${line}`)}<br>\n${markdownText(headline)}`,
    details('The whole story', codeBlock(story)),
  ].join('\n\n')
}

function title(status: OutcomeStatus, suite: string, name: string): string {
  const { sign, word } = marks[status]
  return `${sign} ${word} · ${markdownText(`${suite} › ${name}`)}`
}

function teardown(report: TeardownReport): string {
  const { suite, scenario } = report
  return [
    `### ! teardown · ${markdownText(`${suite.name} › ${scenario.name}`)}`,
    codeSpan(`${suite.file}:${scenario.line}`),
    codeBlock(tellTeardown(report, plain)),
  ].join('\n\n')
}

function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`
}

/** Those whose story is not told here. */
function named(scenarios: readonly KeptScenario[]): string[] {
  if (scenarios.length === 0) return []
  const lines = scenarios.slice(0, MAX_LISTED).map((scenario) => {
    const { suite, name, file, line, status, headline } = scenario
    return `- ${title(status, suite, name)} · ${codeSpan(`${file}:${line}`)} · ${markdownText(headline)}`
  })
  return [[...lines, ...more(scenarios.length)].join('\n')]
}

function more(count: number): string[] {
  return count > MAX_LISTED ? [`- … and ${count - MAX_LISTED} more, all of them in the other reports`] : []
}

function excused(scenarios: readonly KeptScenario[]): string[] {
  const found = scenarios.filter(({ excuse }) => excuse !== undefined)
  if (found.length === 0) return []
  const lines = found.slice(0, MAX_LISTED).map((scenario) => {
    const { status, suite, name, file, line, excuse = '', headline } = scenario
    return `- ${title(status, suite, name)} · ${codeSpan(`${file}:${line}`)} · ${markdownText(`${excuse}; ${headline}`)}`
  })
  return ['## Excused: did not pass, and does not count', [...lines, ...more(found.length)].join('\n')]
}

function flaky(scenarios: readonly KeptScenario[]): string[] {
  const found = scenarios.filter(({ isFlaky }) => isFlaky)
  if (found.length === 0) return []
  const lines = found.slice(0, MAX_LISTED).map(({ suite, name, file, line, headline }) => {
    return `- ${markdownText(`${suite} › ${name}`)} · ${codeSpan(`${file}:${line}`)} · try 1: ${markdownText(headline)}`
  })
  return ['## Flaky: passed, but not on the first try', [...lines, ...more(found.length)].join('\n')]
}

function slowest(scenarios: readonly KeptScenario[]): string[] {
  const slow = scenarios
    .filter(({ durationMs }) => durationMs > 0)
    .toSorted((one, other) => other.durationMs - one.durationMs)
    .slice(0, MAX_SLOWEST)
  if (slow.length === 0) return []
  const rows = slow.map(({ suite, name, file, line, durationMs }) => [
    markdownText(`${suite} › ${name}`),
    codeSpan(`${file}:${line}`),
    markdownText(showDuration(durationMs)),
  ])
  return ['## Slowest', table(['scenario', 'place', 'duration'], rows)]
}

function files({ suites }: Run): string[] {
  if (suites.length === 0) return []
  const badFirst = suites.toSorted((one, other) => trouble(other) - trouble(one))
  const rows = badFirst
    .slice(0, MAX_LISTED)
    .map(({ name, file, totals, durationMs }) => [
      trouble({ totals }) > 0 ? '✗' : '✓',
      markdownText(name),
      codeSpan(file),
      `${totals.passed} of ${showCount(totals.scenarios, 'scenario')}`,
      markdownText(showDuration(durationMs)),
    ])
  const rest = suites.length - MAX_LISTED
  const note = rest > 0 ? `\n\n… and ${showCount(rest, 'more file')}` : ''
  return ['## Files', `${table(['', 'suite', 'file', 'passed', 'duration'], rows)}${note}`]
}

function trouble({ totals }: Pick<SuiteReport<unknown>, 'totals'>): number {
  return totals.failed + totals.errored - totals.excused + totals.notRun + totals.teardownsFailed
}

function table(columns: readonly string[], rows: readonly (readonly string[])[], alignment = '---'): string {
  const lines = [columns, columns.map(() => alignment), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Cut between blocks, so that no block stays open. */
function cut(text: string): string {
  if (text.length <= MAX_LENGTH) return text
  const end = text.lastIndexOf('\n\n##', MAX_LENGTH)
  return `${text.slice(0, end > 0 ? end : MAX_LENGTH)}\n\n… cut here; the other reports have all of it\n`
}
