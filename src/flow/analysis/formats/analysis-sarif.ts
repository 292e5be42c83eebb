import { createHash } from 'node:crypto'
import type { CodeFlow, Location, Log, ReportingDescriptor, Result } from 'sarif'
import type { Place } from '../../../model/place.ts'
import type { Flow } from '../../flow.ts'
import type { Library } from '../../library.ts'
import type { RuleId } from '../../rule.ts'
import { describeInput } from '../../solve/describe-input.ts'
import type { FlowAnalysis } from '../analyze.ts'
import type { FlowFinding, WayStep } from '../flow-finding.ts'
import { isRule, RULES } from '../rules.ts'

/**
 * Findings as SARIF 2.1.0 (OASIS), for code scanning: one run, every rule, and for each finding its place, the way of the call, and a
 * fingerprint that stays when lines are moved.
 *
 * ```json
 * { "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "cxspec", "rules": [] } }, "results": [] }] }
 * ```
 */
export function analysisSarif(analyses: readonly FlowAnalysis[], library: Library, version: string): Log {
  return {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'cxspec', semanticVersion: version, rules: RULE_IDS.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: analyses.flatMap(({ flow, findings }) => findings.map((finding) => resultOf(finding, flow, library))),
      },
    ],
  }
}

const RULE_IDS: readonly RuleId[] = Object.keys(RULES).filter(isRule)

function ruleOf(id: RuleId): ReportingDescriptor {
  const { summary, help } = RULES[id]
  return { id, shortDescription: { text: summary }, help: { text: help } }
}

function resultOf(finding: FlowFinding, flow: Flow, library: Library): Result {
  const { rule, severity, place, way = [], suppressed } = finding
  const codeFlow = codeFlowOf(way, flow, library)
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level: severity,
    message: { text: messageOf(finding) },
    locations: [place ? { physicalLocation: physical(place) } : { physicalLocation: { artifactLocation: { uri: uriOf(flow.file) } } }],
    partialFingerprints: { 'cxspec/v1': fingerprint(finding) },
    ...(codeFlow ? { codeFlows: [codeFlow] } : {}),
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'inSource', ...(suppressed === '' ? {} : { justification: suppressed }) }] }),
  }
}

function messageOf({ message, reach, advice }: FlowFinding): string {
  const how = reach?.kind === 'reached' ? [`a caller gets there with ${describeInput(reach.input)}`] : []
  return [message, ...how, ...(advice === undefined ? [] : [advice])].join('; ')
}

/** A way of one node says no more than the place does. */
function codeFlowOf(way: readonly WayStep[], flow: Flow, library: Library): CodeFlow | undefined {
  if (way.length < 2) return undefined
  return { threadFlows: [{ locations: way.map((step) => ({ location: stepLocation(step, flow, library) })) }] }
}

function stepLocation({ node, branch }: WayStep, flow: Flow, library: Library): Location {
  const [flowId = '', ...rest] = node.split('/')
  const owner = flow.nodes.has(node) ? flow : (library.get(flowId) ?? flow)
  const line = owner.nodes.get(owner === flow ? node : rest.join('/'))?.line ?? 1
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(owner.file) }, region: { startLine: line } },
    message: { text: branch === undefined ? node : `${node} takes "${branch}"` },
  }
}

function physical({ file, line, column, length = 1, source }: Place): NonNullable<Location['physicalLocation']> {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: {
      startLine: line,
      startColumn: column,
      endColumn: column + Math.max(1, length),
      ...(source === undefined ? {} : { snippet: { text: source } }),
    },
  }
}

/** Relative to the working directory, which should be the root of the repository. */
function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}

function fingerprint({ rule, flowId, message }: FlowFinding): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, flowId, message]))
    .digest('hex')
    .slice(0, 32)
}
