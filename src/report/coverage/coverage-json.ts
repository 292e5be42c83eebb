import type { BranchCoverage, NodeCoverage } from '../../flow/coverage/flow-coverage.ts'
import { branchKey, nodeKey } from '../../flow/coverage/flow-tally.ts'
import { METRICS, type Metric, percentOf, type Share } from '../../flow/coverage/metric.ts'
import { isCovered } from '../../flow/coverage/seen.ts'
import type { Way } from '../../flow/coverage/ways-to-uncovered.ts'
import { describeInput } from '../../flow/solve/describe-input.ts'
import type { Coverage, CoveredFlow } from './coverage.ts'

/** Raised when a reader of older reports would misunderstand newer ones. */
const FORMAT_VERSION = 1

type WaysOfFlow = ReadonlyMap<string, Way>

/** The coverage for other programs and for pictures, as `schemas/coverage.schema.json` describes it: one line for each node. */
export function* coverageJson(coverage: Coverage, toolVersion: string): Generator<string> {
  const { runs, notes, unmeasured, strays } = coverage
  const heading = {
    formatVersion: FORMAT_VERSION,
    tool: { name: 'cxspec', version: toolVersion },
    runs,
    totals: sharesJson(coverage.shares),
  }
  yield `{\n${fieldsOf({ ...heading, notes, unmeasured, strays })},\n"flows": [`
  for (const [index, flow] of coverage.flows.entries()) {
    yield index === 0 ? '\n' : ',\n'
    yield* flowJson(flow, (flow.isCurrent && coverage.ways.get(flow.edition.flow.flowId)) || new Map())
  }
  yield '\n]\n}\n'
}

function* flowJson(flow: CoveredFlow, ways: WaysOfFlow): Generator<string> {
  const { edition, isCurrent, runs, calls, shares, entries, exits, subFlows } = flow
  const { flowId, name } = edition.flow
  const { version, fingerprint, file } = edition
  yield `{\n${fieldsOf({ flowId, name, version, fingerprint, file, current: isCurrent, runs, calls, totals: sharesJson(shares) })}`
  yield* list('nodes', flow.nodes, (node) => nodeJson(node, ways))
  yield* list('pairs', flow.pairs(), (pair) => pair)
  yield* list('entries', entries, (entry) => entry)
  yield* list('exits', exits, (exit) => exit)
  yield* list('subFlows', subFlows, (subFlow) => subFlow)
  yield '\n}'
}

function nodeJson({ node, type, line, visits, branches }: NodeCoverage, ways: WaysOfFlow): object {
  return {
    node,
    type,
    line,
    visits,
    ...(isCovered(visits) ? {} : wayJson(ways.get(nodeKey(node)))),
    branches: branches.map((branch) => branchJson(branch, ways)),
  }
}

function branchJson({ node, label, to, line, taken }: BranchCoverage, ways: WaysOfFlow): object {
  return { label, to, line, taken, ...(isCovered(taken) ? {} : wayJson(ways.get(branchKey(node, label)))) }
}

function wayJson(way: Way | undefined): object {
  if (!way) return {}
  const { flowId, solution } = way
  if (solution.kind !== 'reached') return { way: { kind: solution.kind, why: solution.why } }
  const { entry, dtmf, speech, variables, answers } = solution.input
  return {
    way: { kind: 'reached', flowId, description: describeInput(solution.input), input: { entry, dtmf, speech, variables, answers } },
  }
}

function sharesJson(shares: Readonly<Record<Metric, Share>>): object {
  return Object.fromEntries(METRICS.map((metric) => [metric, { ...shares[metric], percent: percentOf(shares[metric]) }]))
}

function fieldsOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')
}

function* list<Item>(name: string, items: Iterable<Item>, toJson: (item: Item) => object): Generator<string> {
  yield `,\n"${name}": [`
  let isFirst = true
  for (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(toJson(item))}`
    isFirst = false
  }
  yield isFirst ? ']' : '\n]'
}
