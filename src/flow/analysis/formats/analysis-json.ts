import type { JsonObject } from '../../../model/json.ts'
import type { Solution } from '../../solve/solution.ts'
import type { FlowAnalysis } from '../analyze.ts'
import type { FlowFinding } from '../flow-finding.ts'
import { wayOf } from '../loop-findings.ts'

/** Analyses as `schemas/analysis.schema.json` describes them. */
export function analysisJson(analyses: readonly FlowAnalysis[], version: string): JsonObject {
  return {
    tool: { name: 'cxspec', version },
    flows: analyses.map(({ flow, findings, loops, graph }) => ({
      flowId: flow.flowId,
      file: flow.file,
      version: flow.version,
      nodes: flow.nodes.size,
      findings: findings.map(findingJson),
      loops: loops.map((loop) => ({
        class: loop.class,
        way: wayOf(graph, flow.flowId, loop.round).map((step) => ({ ...step })),
        ...(loop.by === undefined ? {} : { by: loop.by }),
        ...(loop.bound === undefined ? {} : { bound: loop.bound }),
        hasExit: loop.hasExit,
      })),
    })),
  }
}

function findingJson({ rule, severity, message, place, way, reach, advice, suppressed }: FlowFinding): JsonObject {
  return {
    rule,
    severity,
    message,
    ...(place ? { place: { file: place.file, line: place.line, column: place.column } } : {}),
    ...(way ? { way: way.map((step) => ({ ...step })) } : {}),
    ...(reach ? { reach: reachJson(reach) } : {}),
    ...(advice === undefined ? {} : { advice }),
    ...(suppressed === undefined ? {} : { suppressed }),
  }
}

function reachJson(reach: Solution): JsonObject {
  if (reach.kind !== 'reached') return { ...reach }
  const { kind, input, path, effort } = reach
  const { answers, ...entered } = input
  return {
    kind,
    effort,
    input: { ...entered, answers: Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, { ...answer }])) },
    path: path.map((step) => ({ ...step })),
  }
}
