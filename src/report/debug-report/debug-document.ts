import type { Finding } from '../../model/finding.ts'
import type { Json } from '../../model/json.ts'
import { formatPlace } from '../../model/place.ts'
import { isTrace, type Trace, type Visit } from '../../model/trace.ts'
import type { ScenarioReport, StepReport } from '../run-report.ts'
import { loopDetails } from './loop-details.ts'

/** What `expect` says about the way of a call; findings at these keys are mismatches of its routing. */
const ROUTING = new Set<string | number | undefined>(['path', 'routedTo', 'avoids', 'visits', 'exitNode'])

/** One virtual call, with the names of fields that readers of flow traces know. */
export interface DebugDocument {
  readonly report_metadata: object
  readonly execution_summary: object
  readonly state_machine_analysis: object
  readonly variable_states: object
  readonly raw_trace: readonly object[]
}

/** A document for each debug step of the scenario's last try that observed a call. `generatedAt` is RFC 3339. */
export function debugDocuments(scenario: ScenarioReport, generatedAt: string): DebugDocument[] {
  const last = scenario.tries.at(-1)
  return (last?.steps ?? []).flatMap((step) => {
    if (step.kind !== 'debug' || !isTrace(step.observation)) return []
    return [documentOf(scenario, step, step.observation, generatedAt)]
  })
}

function documentOf(scenario: ScenarioReport, step: StepReport, trace: Trace, generatedAt: string): DebugDocument {
  const { visits, flowId, durationMs, exitNode, status } = trace
  const mismatches = step.findings.filter(({ at }) => ROUTING.has(at?.[0]))
  const loops = loopDetails(visits)
  return {
    report_metadata: {
      generated_at: generatedAt,
      flow_id: flowId,
      api_version: apiVersion(step),
      simulation_duration_ms: durationMs,
      scenario: scenario.name,
      file: `${scenario.suite.file}:${scenario.line}`,
      step: step.index + 1,
      outcome: scenario.outcome.status,
      correlation_id: step.requests.at(-1)?.correlationId,
    },
    execution_summary: {
      exit_node: exitNode,
      status,
      total_nodes: visits.length,
      routing_valid: mismatches.length === 0,
      routing_mismatches: mismatches.map(mismatch),
    },
    state_machine_analysis: {
      has_loops: loops.length > 0,
      loop_details: loops,
      total_nodes_executed: visits.length,
      unique_nodes: new Set(visits.map(({ node }) => node)).size,
    },
    variable_states: {
      final_state: trace.variables,
      node_history: visits.flatMap(({ index, node, variables }) => (variables ? [{ index, nodeId: node, variables }] : [])),
    },
    raw_trace: visits.map(rawVisit),
  }
}

/** `v2`, from the address that was called; absent where the request is not on record. */
function apiVersion({ requests }: StepReport): string | undefined {
  return requests.map(({ path }) => /\/api\/(v\d+)\//.exec(path ?? '')?.[1]).find((version) => version !== undefined)
}

function mismatch({ message, at = [], expected, actual, place }: Finding): object {
  return { expectation: at.join('.'), message, expected, actual, place: place && formatPlace(place) }
}

/** As the API names its fields. */
function rawVisit({ node, type, atMs, input, target, status, exception, variables, branch }: Visit): Record<string, Json | undefined> {
  return { nodeId: node, type, timestamp: atMs, input, target, status, exception, branch, variables }
}
