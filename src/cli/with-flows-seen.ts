import type { SeenFlow } from '../model/event.ts'
import type { PerformStep, StepResult } from '../steps/perform-step.ts'
import type { FlowFinder } from './flow-finder.ts'

/** The key of the kind of step that calls flows. */
const DEBUG = 'debug'

/**
 * The same kinds of steps; with each virtual call, the run tells the definitions of the flows that it may go through, once each, and the
 * trace carries the version of its flow. Both wait for each other, so that the definitions are told before the step has finished.
 */
export function withFlowsSeen(kinds: ReadonlyMap<string, PerformStep>, finder: FlowFinder): ReadonlyMap<string, PerformStep> {
  const debug = kinds.get(DEBUG)
  return debug ? new Map([...kinds, [DEBUG, telling(debug, finder)]]) : kinds
}

function telling(perform: PerformStep, finder: FlowFinder): PerformStep {
  const told = new Set<string>()
  const versions = new Map<string, Promise<readonly SeenFlow[]>>()
  const seenBy = (flowId: string): Promise<readonly SeenFlow[]> => {
    const seen = versions.get(flowId) ?? finder.find(flowId)
    versions.set(flowId, seen)
    return seen
  }
  const both: PerformStep = async (step, context) => {
    const { flowId } = step.input
    if (typeof flowId !== 'string') return perform(step, context)
    const [result, seen] = await Promise.all([perform(step, context), seenBy(flowId)])
    for (const flow of seen.filter((one) => !told.has(one.flowId))) {
      told.add(flow.flowId)
      context.flowSeen(flow)
    }
    return withVersion(result, seen.find((flow) => flow.flowId === flowId)?.version)
  }
  const { needsMs, receives } = perform
  return Object.assign(both, { needsMs, receives })
}

function withVersion(result: StepResult, flowVersion: string | undefined): StepResult {
  return flowVersion === undefined ? result : { ...result, observation: { ...result.observation, flowVersion } }
}
