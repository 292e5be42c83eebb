import { printable } from '../model/printable.ts'
import type { Colours } from '../report/colours.ts'
import { showCount, showDuration } from '../report/show.ts'
import type { ChangedCall, RunComparison, ScenarioChange, SlowerScenario } from './compare-runs.ts'
import type { CallRecord, RunRecord, ScenarioRecord } from './run-record.ts'

/** Entries of a list that are shown; JSON has all of them. */
const MAX_LISTED = 50

/** Nodes that are shown before and after the first that differs. */
const SURROUNDINGS = 2

/** A comparison for a person: what is new first, a headline at the end. */
export function showComparison(comparison: RunComparison, colours: Colours): string {
  const { newlyFailing, fixed, stillFailing, notJudged, newlySlow, changedPath, appeared, gone } = comparison
  const { red, green, yellow, cyan } = colours
  const sections = [
    section(
      'Newly failing',
      newlyFailing.map((change) => failing(red('✗'), change, colours)),
      colours,
    ),
    section(
      'Newly slow',
      newlySlow.map((scenario) => slower(scenario, colours)),
      colours,
    ),
    section(
      'Goes another way',
      changedPath.map((call) => otherWay(call, colours)),
      colours,
    ),
    section(
      'No verdict any more',
      notJudged.map(({ after }) => entry(yellow('○'), after, `${after.status}: ${after.headline}`, colours)),
      colours,
    ),
    section(
      'Still failing',
      stillFailing.map((change) => failing(yellow('✗'), change, colours)),
      colours,
    ),
    section(
      'Fixed',
      fixed.map(({ after }) => entry(green('✓'), after, '', colours)),
      colours,
    ),
    section(
      'Appeared',
      appeared.map((scenario) => entry(cyan('+'), scenario, scenario.status, colours)),
      colours,
    ),
    section(
      'Gone',
      gone.map((scenario) => entry(cyan('-'), scenario, `${scenario.status} before`, colours)),
      colours,
    ),
  ]
  return `${heading(comparison, colours)}\n${sections.join('')}\n${summary(comparison, colours)}\n`
}

function heading({ before, after }: RunComparison, { dim }: Colours): string {
  return [`before  ${runsOf(before)}`, `after   ${runsOf(after)}`].map((line) => dim(line)).join('\n')
}

function runsOf(runs: readonly RunRecord[]): string {
  const last = runs.at(-1)
  if (!last) return 'nothing'
  const more = runs.length > 1 ? ` and ${showCount(runs.length - 1, 'earlier run')}` : ''
  const end = last.isComplete ? '' : ', which did not come to its end'
  return printable(`${last.source}  ${last.started.startedAt}  target ${last.started.target.name}${more}${end}`)
}

function section(title: string, entries: readonly string[], { bold }: Colours): string {
  if (entries.length === 0) return ''
  const rest = entries.length - MAX_LISTED
  const lines = [...entries.slice(0, MAX_LISTED), ...(rest > 0 ? [`  … and ${rest} more`] : [])]
  return `\n${bold(`${title}: ${entries.length}`)}\n${lines.join('\n')}\n`
}

function entry(sign: string, { suite, name, file, line }: ScenarioRecord, remark: string, { cyan, dim }: Colours): string {
  const title = `  ${sign} ${printable(`${suite} › ${name}`)}  ${cyan(printable(`${file}:${line}`))}`
  return remark === '' ? title : `${title}\n      ${dim(printable(remark))}`
}

function failing(sign: string, { before, after }: ScenarioChange, colours: Colours): string {
  const was = before ? ` (${before.status} before)` : ' (not there before)'
  return entry(sign, after, `${after.status}${was}: ${after.headline}`, colours)
}

function slower({ scenario, medianBeforeMs, medianAfterMs, samplesBefore, samplesAfter, p }: SlowerScenario, colours: Colours): string {
  const medians = `median ${showDuration(medianBeforeMs)} → ${showDuration(medianAfterMs)}`
  return entry(colours.yellow('⏱'), scenario, `${medians}, of ${samplesBefore} and ${samplesAfter} runs, p = ${p.toPrecision(2)}`, colours)
}

function otherWay({ scenario, before, after, differsAt }: ChangedCall, colours: Colours): string {
  const title = entry(colours.yellow('≠'), scenario, `step ${after.step + 1}, flow ${after.flowId}, visit ${differsAt + 1}`, colours)
  return [
    title,
    `      before ${versionOf(before)}${wayAround(before, differsAt)}`,
    `      after  ${versionOf(after)}${wayAround(after, differsAt)}`,
  ].join('\n')
}

function versionOf({ flowVersion }: CallRecord): string {
  return flowVersion === undefined ? '' : `(version ${printable(flowVersion)}) `
}

function wayAround({ path }: CallRecord, differsAt: number): string {
  const [from, to] = [Math.max(0, differsAt - SURROUNDINGS), differsAt + SURROUNDINGS + 1]
  const nodes = path.slice(from, to).map(printable)
  return [...(from > 0 ? ['…'] : []), ...(nodes.length > 0 ? nodes : ['(the call has ended)']), ...(to < path.length ? ['…'] : [])].join(
    ' → ',
  )
}

function summary(comparison: RunComparison, { bold, red, green, dim }: Colours): string {
  const { newlyFailing, newlySlow, fixed, stillFailing, changedPath, tooFewDurations } = comparison
  const news = newlyFailing.length + newlySlow.length
  const parts = [
    `${newlyFailing.length} newly failing`,
    `${newlySlow.length} newly slow`,
    `${changedPath.length} going another way`,
    `${stillFailing.length} still failing`,
    `${fixed.length} fixed`,
  ]
  const verdict = bold(news > 0 ? red(`✗ ${parts.join(', ')}`) : green(`✓ ${parts.join(', ')}`))
  if (tooFewDurations === 0) return verdict
  const scenarios = showCount(tooFewDurations, 'scenario')
  return `${verdict}\n${dim(`${scenarios} ran too few times on both sides for a verdict on their speed: give folders of journals`)}`
}
