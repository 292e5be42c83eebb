import { createRequire } from 'node:module'
import type { BranchCoverage, NodeCoverage } from '../../flow/coverage/flow-coverage.ts'
import { isCovered, timesOf } from '../../flow/coverage/seen.ts'
import type { Coverage, CoveredFlow } from './coverage.ts'
import { type SourceLine, sourceLines } from './source-lines.ts'

type Builder = typeof import('xmlbuilder')
type Element = import('xmlbuilder').XMLElement

// Required and not imported: to import a CommonJS package, Node reads all of it once more.
const builder: Builder = createRequire(import.meta.url)('xmlbuilder')

/** Where the flows stand, and when the report was made. */
export interface CoberturaFacts {
  /** Relative to `root`. */
  readonly pathOf: (flow: CoveredFlow) => string
  /** The working directory, absolute. */
  readonly root: string
  readonly date: Date
  readonly toolVersion: string
}

/**
 * The coverage as Cobertura XML, for CI systems that show it: a flow is a class, a node a method. Only the current edition of each flow,
 * since the lines are those of its file. Elements and attributes as `coverage-04.dtd` wants them.
 */
export function cobertura(coverage: Coverage, facts: CoberturaFacts): string {
  const flows = coverage.flows.filter(({ isCurrent }) => isCurrent)
  const lines = flows.flatMap(sourceLines)
  const { branches } = coverage.shares
  const root = builder.create('coverage', { encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' })
  root.dtd({ sysID: 'http://cobertura.sourceforge.net/xml/coverage-04.dtd' })
  const element = root.root()
  attributes(element, {
    ...rates(lines, branches.covered, branches.total),
    'lines-covered': lines.filter(isHit).length,
    'lines-valid': lines.length,
    'branches-covered': branches.covered,
    'branches-valid': branches.total,
    complexity: 0,
    version: `cxspec ${facts.toolVersion}`,
    timestamp: facts.date.getTime(),
  })
  element.ele('sources').ele('source', facts.root)
  const found = element.ele('packages').ele('package')
  attributes(found, { name: 'flows', ...rates(lines, branches.covered, branches.total), complexity: 0 })
  const classes = found.ele('classes')
  for (const flow of flows) addClass(classes, flow, facts.pathOf(flow))
  return `${root.end({ pretty: true })}\n`
}

function addClass(classes: Element, flow: CoveredFlow, path: string): void {
  const lines = sourceLines(flow)
  const { covered, total } = flow.shares.branches
  const element = classes.ele('class')
  attributes(element, { name: flow.edition.flow.flowId, filename: path, ...rates(lines, covered, total), complexity: 0 })
  const methods = element.ele('methods')
  for (const node of flow.nodes) addMethod(methods, node)
  const all = element.ele('lines')
  for (const line of lines) addLine(all, line)
}

function addMethod(methods: Element, { node, type, line, visits, branches }: NodeCoverage): void {
  const method = methods.ele('method')
  const own = [{ line, hits: timesOf(visits), branches }]
  attributes(method, {
    name: node,
    signature: type,
    ...rates(own, branches.filter(({ taken }) => isCovered(taken)).length, branches.length),
    complexity: 0,
  })
  attributes(method.ele('lines').ele('line'), { number: line, hits: timesOf(visits) })
}

/** A line with several ways on says how many of them were taken; a single one is no decision. */
function addLine(lines: Element, { line, hits, branches }: SourceLine): void {
  const element = lines.ele('line')
  attributes(element, { number: line, hits, branch: branches.length > 0 })
  if (branches.length === 0) return
  attributes(element, { 'condition-coverage': conditionCoverage(branches) })
  const conditions = element.ele('conditions')
  for (const [number, { taken }] of branches.entries()) {
    attributes(conditions.ele('condition'), { number, type: 'jump', coverage: isCovered(taken) ? '100%' : '0%' })
  }
}

function conditionCoverage(branches: readonly BranchCoverage[]): string {
  const covered = branches.filter(({ taken }) => isCovered(taken)).length
  return `${Math.floor((100 * covered) / branches.length)}% (${covered}/${branches.length})`
}

function rates(lines: readonly SourceLine[], covered: number, total: number): Readonly<Record<string, number>> {
  return { 'line-rate': rate(lines.filter(isHit).length, lines.length), 'branch-rate': rate(covered, total) }
}

/** With four decimals at most, and never 1 where something is missing. */
function rate(covered: number, total: number): number {
  return total === 0 ? 1 : Math.floor((10_000 * covered) / total) / 10_000
}

function isHit({ hits }: SourceLine): boolean {
  return hits > 0
}

function attributes(element: Element, values: Readonly<Record<string, string | number | boolean>>): void {
  for (const [name, value] of Object.entries(values)) element.att(name, value)
}
