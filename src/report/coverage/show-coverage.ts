import type { BranchCoverage, NodeCoverage } from '../../flow/coverage/flow-coverage.ts'
import { branchKey, nodeKey } from '../../flow/coverage/flow-tally.ts'
import type { Least, Shortfall } from '../../flow/coverage/gate.ts'
import { METRICS, type Metric, percentOf, type Share } from '../../flow/coverage/metric.ts'
import { isCovered } from '../../flow/coverage/seen.ts'
import type { Way } from '../../flow/coverage/ways-to-uncovered.ts'
import { describeInput } from '../../flow/solve/describe-input.ts'
import { printable } from '../../model/printable.ts'
import type { Colours } from '../colours.ts'
import { columns } from '../columns.ts'
import { showCount } from '../show.ts'
import type { Coverage, CoveredFlow } from './coverage.ts'
import { METRIC_NAMES } from './metric-names.ts'

/** Entries of a list that are shown for each flow; JSON has all of them. */
const MAX_LISTED = 30

/** The coverage for a person: the figures of each flow, what is not covered with the input that leads there, and what to know about it. */
export function showCoverage(coverage: Coverage, colours: Colours): string {
  const lines = [
    '',
    colours.bold('Coverage'),
    '',
    ...table(coverage, colours),
    ...coverage.flows.filter(({ isCurrent }) => isCurrent).flatMap((flow) => uncovered(flow, coverage, colours)),
    ...remarks(coverage, colours),
  ]
  return `${lines.join('\n')}\n`
}

function table({ flows, shares }: Coverage, { dim, bold }: Colours): string[] {
  if (flows.length === 0) return [dim('no call was seen that went through a flow')]
  const head = ['flow', ...METRICS.map((metric) => METRIC_NAMES[metric])]
  const rows = flows.map((flow) => [nameOf(flow), ...cellsOf(flow.shares)])
  const total = flows.length > 1 ? [['all flows', ...cellsOf(shares)]] : []
  const [first = '', ...others] = columns([head, ...rows, ...total], [1, 2, 3, 4, 5, 6])
  const last = total.length > 0 ? others.pop() : undefined
  return [dim(first), ...others, ...(last === undefined ? [] : [bold(last)])]
}

function nameOf({ edition, isCurrent }: CoveredFlow): string {
  const { version, flow } = edition
  return printable(`${flow.flowId}${version === undefined ? '' : ` (version ${version})`}${isCurrent ? '' : ', earlier'}`)
}

function cellsOf(shares: Readonly<Record<Metric, Share>>): string[] {
  return METRICS.map((metric) => cell(shares[metric]))
}

function cell(share: Share): string {
  return share.total === 0 ? '–' : `${share.covered}/${share.total} ${showPercent(percentOf(share))}`
}

/** Rounded down: 100 % is all of it. */
function showPercent(percent: number): string {
  return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`
}

function uncovered(flow: CoveredFlow, { ways }: Coverage, { bold, cyan, dim }: Colours): string[] {
  const { flowId } = flow.edition.flow
  const own = ways.get(flowId) ?? new Map<string, Way>()
  const branches = flow.nodes.flatMap((node) => node.branches.filter(({ taken }) => !isCovered(taken)))
  const ends = new Set(branches.map(({ to }) => to))
  // A node with branches of its own, or to which one leads, is named with these.
  const nodes = flow.nodes.filter(({ node, visits, branches: own }) => !isCovered(visits) && own.length === 0 && !ends.has(node))
  const entries = [
    ...nodes.map((node) => ({ line: node.line, cells: nodeCells(node, own.get(nodeKey(node.node)), flowId) })),
    ...branches.map((branch) => ({ line: branch.line, cells: branchCells(branch, own.get(branchKey(branch.node, branch.label)), flowId) })),
  ].sort((one, other) => one.line - other.line)
  if (entries.length === 0) return []
  const { file } = flow.edition
  const rows = columns(entries.slice(0, MAX_LISTED).map(({ line, cells }) => [cyan(file === undefined ? '' : `:${line}`), ...cells]))
  const rest = entries.length - MAX_LISTED
  const title = `Not covered in ${flowId}: ${showCount(branches.length, 'branch', 'branches')}`
  return [
    '',
    `${bold(printable(title))}${file === undefined ? '' : `  ${cyan(printable(file))}`}`,
    ...rows.map((row) => `  ${row}`),
    ...(rest > 0 ? [dim(`  … and ${rest} more, all of them in coverage.json`)] : []),
  ]
}

function nodeCells({ node }: NodeCoverage, way: Way | undefined, flowId: string): string[] {
  return [printable(node), '', showWay(way, flowId)]
}

function branchCells({ node, label, taken }: BranchCoverage, way: Way | undefined, flowId: string): string[] {
  const remark = taken.ambiguous > 0 ? ' (perhaps taken: the traces do not tell)' : ''
  return [printable(node), printable(`"${label}"`), `${showWay(way, flowId)}${remark}`]
}

function showWay(way: Way | undefined, flowId: string): string {
  if (!way) return ''
  const { solution } = way
  if (solution.kind === 'unreachable') return printable(`cannot be reached: ${solution.why}`)
  if (solution.kind === 'undecided') return printable(`undecided whether it can be reached: ${solution.why}`)
  const from = way.flowId === flowId ? '' : `call ${way.flowId}: `
  return printable(`${from}${describeInput(solution.input)}`)
}

function remarks({ flows, unmeasured, strays, notes }: Coverage, { yellow }: Colours): string[] {
  const current = flows.filter(({ isCurrent }) => isCurrent)
  const onlyFailing = current.reduce((sum, { shares }) => sum + shares.branches.covered - shares.branches.passed, 0)
  const ambiguous = current.reduce((sum, { shares }) => sum + shares.branches.ambiguous, 0)
  const lines = [
    ...(onlyFailing > 0 ? [`${showCount(onlyFailing, 'branch', 'branches')} taken only in tries that did not pass`] : []),
    ...(ambiguous > 0
      ? [`${showCount(ambiguous, 'branch', 'branches')} perhaps taken, and not counted: the traces do not tell which of several it was`]
      : []),
    ...notes,
    ...unmeasured.map(({ flowId, why }) => `nothing can be said of flow "${flowId}": ${why}`),
    ...strays.map(({ flowId, scenario, why }) => `a call into flow "${flowId}" does not fit its definition: ${why} (${scenario})`),
  ]
  return lines.length === 0 ? [] : ['', ...lines.map((line) => yellow(`! ${printable(line)}`))]
}

/** What came of `--min-coverage`: one line for each thing that is short of what was asked for, or that all is well. */
export function showGate(least: readonly Least[], short: readonly Shortfall[], coverage: Coverage, { red, green }: Colours): string {
  const unknown = coverage.unmeasured.map(({ flowId }) => `the coverage of flow "${flowId}" is not known`)
  const lines = [
    ...short.map(
      ({ metric, percent, share, missing }) =>
        `coverage of ${METRIC_NAMES[metric]} is ${showPercent(percentOf(share))} (${share.covered} of ${share.total}) instead of ${percent} %: ${missing} more ${missing === 1 ? 'has' : 'have'} to be covered`,
    ),
    ...(coverage.flows.length === 0 ? ['no call was seen, so nothing is covered'] : unknown),
  ]
  if (lines.length > 0) return `\n${lines.map((line) => red(`✗ ${printable(line)}`)).join('\n')}\n`
  const asked = least.map(({ metric, percent }) => `${METRIC_NAMES[metric]} ${percent} %`).join(', ')
  return `\n${green(`✓ coverage is as asked for: ${asked}`)}\n`
}
