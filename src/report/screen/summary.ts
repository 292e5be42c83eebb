import type { OutcomeStatus } from '../../model/outcome.ts'
import { printable } from '../../model/printable.ts'
import type { Colours } from '../colours.ts'
import type { RunReport, Totals } from '../run-report.ts'
import { showCount, showDuration } from '../show.ts'
import { verdictSentence } from '../verdict-sentence.ts'
import { marks, signOf } from './marks.ts'
import { type RerunPlace, rerunCommandFor } from './rerun.ts'

/** A scenario that passed on a later try. */
export interface FlakyScenario extends RerunPlace {
  readonly title: string
  /** Why the first try did not pass. */
  readonly firstTry: string
}

/** A scenario that had begun when the run ended. */
export interface CutOffScenario extends RerunPlace {
  readonly title: string
}

/** A scenario that did not pass and does not count. */
export interface ExcusedScenario extends RerunPlace {
  readonly title: string
  /** Why it does not count. */
  readonly reason: string
  /** Why it did not pass. */
  readonly headline: string
}

/** What the summary tells beside the run itself. */
export interface SummaryFacts {
  readonly flaky: readonly FlakyScenario[]
  readonly cutOff: readonly CutOffScenario[]
  readonly excused: readonly ExcusedScenario[]
  readonly again: readonly RerunPlace[]
  readonly notRunReason: string | undefined
  readonly reports: readonly string[]
  readonly rerunCommand: string
}

const MAX_FLAKY = 20

const MAX_CUT_OFF = 10

const MAX_EXCUSED = 20

const LABEL_WIDTH = 11

/** The end of the screen: how many of what and what that means, how long it took, where the reports are, how to go on, and the verdict. */
export function summary(run: RunReport<string>, facts: SummaryFacts, colours: Colours): string {
  const lines = [
    ...excusedLines(facts.excused, colours),
    ...flakyLines(facts.flaky, colours),
    ...cutOffLines(facts.cutOff, colours),
    '',
    colours.bold('Summary'),
    ...countLines(run.totals, facts, colours),
    '',
    ...labelled('Duration', [showDuration(run.durationMs)], colours),
    ...labelled('Retries', retries(run.totals), colours),
    ...labelled('Reports', facts.reports.map(printable), colours),
    ...labelled('Run again', rerun(facts), colours),
    '',
    verdict(run, colours),
  ]
  return `${lines.join('\n')}\n`
}

function excusedLines(excused: readonly ExcusedScenario[], { bold, yellow, cyan, dim }: Colours): string[] {
  if (excused.length === 0) return []
  const rest = excused.length - MAX_EXCUSED
  return [
    '',
    bold('Excused: did not pass, and does not count'),
    '',
    ...excused
      .slice(0, MAX_EXCUSED)
      .flatMap(({ title, file, line, reason, headline }) => [
        `${yellow('✗')} ${printable(title)}  ${cyan(printable(`${file}:${line}`))}`,
        `    ${dim(printable(reason))}`,
        `    ${dim(headline)}`,
      ]),
    ...(rest > 0 ? [`  … and ${rest} more, all of them in the reports`] : []),
  ]
}

function flakyLines(flaky: readonly FlakyScenario[], colours: Colours): string[] {
  if (flaky.length === 0) return []
  const rest = flaky.length - MAX_FLAKY
  return [
    '',
    colours.bold('Flaky: passed, but not on the first try'),
    '',
    ...flaky
      .slice(0, MAX_FLAKY)
      .flatMap(({ title, file, line, firstTry }) => [
        `${colours.yellow('~')} ${printable(title)}  ${colours.cyan(printable(`${file}:${line}`))}`,
        ...(firstTry === '' ? [] : [`    ${colours.dim(`try 1: ${firstTry}`)}`]),
      ]),
    ...(rest > 0 ? [`  … and ${rest} more, all of them in the reports`] : []),
  ]
}

function cutOffLines(cutOff: readonly CutOffScenario[], { bold, yellow, cyan }: Colours): string[] {
  if (cutOff.length === 0) return []
  const rest = cutOff.length - MAX_CUT_OFF
  return [
    '',
    bold('Cut off while they ran: jobs of theirs may still be running'),
    '',
    ...cutOff
      .slice(0, MAX_CUT_OFF)
      .map(({ title, file, line }) => `${yellow('○')} ${printable(title)}  ${cyan(printable(`${file}:${line}`))}`),
    ...(rest > 0 ? [`  … and ${rest} more, all of them in the reports`] : []),
  ]
}

function countLines(totals: Totals, { notRunReason }: SummaryFacts, colours: Colours): string[] {
  const ran = [
    countLine('passed', totals.passed, totals.flaky > 0 ? `${totals.flaky} of them flaky` : '', colours),
    countLine('failed', totals.failed, 'an expectation is not met', colours),
    countLine('errored', totals.errored, 'could not be judged, for the reason above', colours),
    countLine('inconclusive', totals.inconclusive, 'too little evidence for a verdict', colours),
    countLine('skipped', totals.skipped, '', colours),
    countLine('not-run', totals.notRun, notRunReason ?? '', colours),
  ]
  return [...ran.flat(), ...excusedCount(totals, colours), ...troubleLines(totals, colours)]
}

function countLine(status: OutcomeStatus, count: number, remark: string, colours: Colours): string[] {
  if (count === 0) return []
  const { paint, word } = marks[status]
  return [`${signOf(status, colours)} ${paint(colours)(`${count} ${word}`)}${remark === '' ? '' : `  ${colours.dim(remark)}`}`]
}

function excusedCount({ excused }: Totals, { yellow, dim }: Colours): string[] {
  return excused > 0 ? [`${yellow(`✗ ${excused} of those excused`)}  ${dim('in quarantine, or known from the baseline')}`] : []
}

/** What went wrong beside scenarios. */
function troubleLines({ filesRefused, teardownsFailed }: Totals, { red }: Colours): string[] {
  return [
    ...(filesRefused > 0 ? [red(`✗ ${showCount(filesRefused, 'scenario file')} cannot be used`)] : []),
    ...(teardownsFailed > 0 ? [red(`! ${showCount(teardownsFailed, 'teardown')} did not work`)] : []),
  ]
}

/** A label, then the values below each other. */
function labelled(label: string, values: readonly string[], { dim }: Colours): string[] {
  return values.map((value, index) => `${dim((index === 0 ? label : '').padEnd(LABEL_WIDTH))}${value}`)
}

function retries({ requestsAgain, triesAgain }: Totals): string[] {
  const parts = [
    ...(requestsAgain > 0 ? [`${showCount(requestsAgain, 'request')} sent again`] : []),
    ...(triesAgain > 0 ? [`${showCount(triesAgain, 'scenario')} tried again`] : []),
  ]
  return parts.length > 0 ? [parts.join(', ')] : []
}

function rerun({ again, rerunCommand }: SummaryFacts): string[] {
  const command = rerunCommandFor(again, rerunCommand)
  return command === undefined ? [] : [printable(command)]
}

function verdict({ totals, finished }: RunReport<string>, colours: Colours): string {
  const sentence = verdictSentence(totals)
  if (!finished) return colours.red(colours.bold(`✗ The run did not come to its end. ${sentence}`))
  const { exitCode, interruption } = finished
  const whole = interruption === undefined ? sentence : `${sentence} It ended early: ${printable(interruption)}.`
  if (exitCode === 0) return colours.green(colours.bold(`✓ ${whole}`))
  return `${colours.red(colours.bold(`✗ ${whole}`))} ${colours.dim(`(exit code ${exitCode})`)}`
}
