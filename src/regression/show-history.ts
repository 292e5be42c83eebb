import { printable } from '../model/printable.ts'
import type { Colours } from '../report/colours.ts'
import { columns } from '../report/columns.ts'
import { showCount, showDuration } from '../report/show.ts'
import type { History, RunSummary } from './history.ts'
import type { PassRate } from './pass-rates.ts'

/** Scenarios that are shown; JSON has all of them. */
const MAX_LISTED = 50

/** A trend for a person: a line for each run, then the scenarios that are not steady. */
export function showHistory({ runs, unsteady }: History, colours: Colours): string {
  return `${runLines(runs, colours).join('\n')}\n\n${unsteadyLines(unsteady, colours).join('\n')}\n`
}

function runLines(runs: readonly RunSummary[], colours: Colours): string[] {
  const head = ['started', 'passed', 'flaky', 'failed', 'errored', 'no verdict', 'pass rate', 'duration', 'target', 'journal']
  return columns([head.map(colours.dim), ...runs.map((run) => runCells(run, colours))], [1, 2, 3, 4, 5, 6, 7])
}

function runCells(run: RunSummary, { red, yellow }: Colours): string[] {
  const count = (value: number, paint: (text: string) => string): string => (value > 0 ? paint(String(value)) : '0')
  return [
    printable(run.startedAt),
    String(run.passed),
    count(run.flaky, yellow),
    count(run.failed, red),
    count(run.errored, red),
    count(run.notJudged, yellow),
    run.passRate === undefined ? '–' : percent(run.passRate),
    showDuration(run.durationMs),
    printable(run.target),
    `${printable(run.source)}${run.isComplete ? '' : red('  did not come to its end')}`,
  ]
}

function unsteadyLines(unsteady: readonly PassRate[], colours: Colours): string[] {
  const { bold, dim, green } = colours
  if (unsteady.length === 0) return [green('✓ no scenario is unsteady')]
  const head = ['pass rate', '95% interval', 'runs', 'flaky', 'turns', 'scenario']
  const rows = unsteady.slice(0, MAX_LISTED).map((rate) => rateCells(rate, colours))
  const rest = unsteady.length - MAX_LISTED
  return [
    bold(`${showCount(unsteady.length, 'scenario')} not steady`),
    ...columns([head.map(dim), ...rows], [0, 2, 3, 4]),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
  ]
}

function rateCells({ scenario, judged, passed, flaky, turns, interval }: PassRate, { cyan }: Colours): string[] {
  return [
    percent(passed / judged),
    `${percent(interval.low)} to ${percent(interval.high)}`,
    String(judged),
    String(flaky),
    String(turns),
    `${printable(`${scenario.suite} › ${scenario.name}`)}  ${cyan(printable(`${scenario.file}:${scenario.line}`))}`,
  ]
}

/** Rounded down, so that only what is all reads 100.0%. */
function percent(share: number): string {
  return `${(Math.floor(share * 1_000) / 10).toFixed(1)}%`
}
