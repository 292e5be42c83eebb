import type { Evidence, EvidenceClass, Interval, Verdict } from '../model/evidence.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { printable } from '../model/printable.ts'
import { formatShare } from '../model/share.ts'
import type { Colours } from './colours.ts'
import type { StepReport } from './run-report.ts'
import { showCount, showValue } from './show.ts'

const SIGNS: Readonly<Record<Verdict, string>> = { met: '✓', unmet: '✗', inconclusive: '?' }

const METHODS: Readonly<Partial<Record<Evidence['method'], string>>> = {
  'exact-multinomial': 'exact test',
  'monte-carlo-multinomial': 'Monte-Carlo test',
  'exact-bound': 'exact bound',
  'wilson-interval': 'interval of Wilson',
}

/** Classes of one expectation that are told. */
const MAX_CLASSES = 20

/**
 * What the expectations of steps that are about many calls rest on, met or not, line by line; empty where there are none.
 *
 * ```text
 * ✓ the outcomes are as injected: n 500 · chi-square 2.13 · 3 degrees of freedom · p 0.546 · alpha 0.001
 *     busy      101 = 20.2% (16.91% to 23.95%), expected 20%
 * ? at most 3% of the answered calls are abandoned: n 50 · observed 0 = 0% · expected at most 3% · 0% to 5.82% at 95% · exact bound · 99 would decide
 * ```
 */
export function tellEvidence(steps: readonly Pick<StepReport, 'evidence'>[], colours: Colours): string[] {
  return steps.flatMap(({ evidence }) => evidence).flatMap((each) => tell(each).map((line) => colours.dim(line)))
}

function tell(evidence: Evidence): string[] {
  const { claim, verdict, remark, classes = [] } = evidence
  const rest = classes.length - MAX_CLASSES
  return [
    `${SIGNS[verdict]} ${printable(claim)}: ${figures(evidence).join(' · ')}`,
    ...(remark === undefined ? [] : [`    ${printable(remark)}`]),
    ...classes.slice(0, MAX_CLASSES).map((each) => `    ${tellClass(each)}`),
    ...(rest > 0 ? [`    … and ${showCount(rest, 'more class', 'more classes')}`] : []),
  ]
}

function figures(evidence: Evidence): string[] {
  const { method, n, observed, expected, classes, interval, statistic, degreesOfFreedom, p, alpha, samples, callsNeeded } = evidence
  const named = METHODS[method]
  return [
    `n ${n}`,
    ...(classes ? [] : [`observed ${tellObserved(observed)}`, `expected ${tellExpected(expected, method)}`]),
    ...(interval ? [tellInterval(interval)] : []),
    ...(named === undefined ? [] : [named]),
    ...(statistic === undefined ? [] : [`chi-square ${rounded(statistic)}`]),
    ...(degreesOfFreedom === undefined ? [] : [showCount(degreesOfFreedom, 'degree of freedom', 'degrees of freedom')]),
    ...(p === undefined ? [] : [`p ${rounded(p)}`]),
    ...(alpha === undefined ? [] : [`alpha ${alpha}`]),
    ...(samples === undefined ? [] : [showCount(samples, 'sample')]),
    ...(callsNeeded === undefined ? [] : [`${callsNeeded} calls would decide`]),
  ]
}

/** A number of calls and their share as reports show it, anything else as it is. */
function tellObserved(observed: Json): string {
  if (!isJsonObject(observed) || typeof observed['share'] !== 'number') return showValue(observed)
  return `${showValue(observed['count'] ?? null)} = ${formatShare(observed['share'])}`
}

/** Bounds of a share in words, anything else as it is. */
function tellExpected(expected: Json, method: Evidence['method']): string {
  if (!isJsonObject(expected) || (method !== 'exact-bound' && method !== 'wilson-interval')) return showValue(expected)
  const { min, max } = expected
  const bounds = [
    typeof min === 'number' ? `at least ${formatShare(min)}` : '',
    typeof max === 'number' ? `at most ${formatShare(max)}` : '',
  ]
  return bounds.filter((words) => words !== '').join(' and ')
}

function tellClass({ name, count, share, interval, expectedShare }: EvidenceClass): string {
  const expected = expectedShare === undefined ? '' : `, expected ${formatShare(expectedShare)}`
  return `${printable(name)} ${count} = ${formatShare(share)} (${tellInterval(interval)})${expected}`
}

function tellInterval({ low, high, confidence }: Interval): string {
  return `${formatShare(low)} to ${formatShare(high)} at ${formatShare(confidence)}`
}

/** Three significant digits. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)))
}
