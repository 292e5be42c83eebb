import type { Call, World } from '../../src/flow/call.ts'
import { execute } from '../../src/flow/execute.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import type { Trace } from '../../src/model/trace.ts'

/** A Monday, 10:00 in New York. */
const MONDAY_MORNING = new Date('2026-01-05T15:00:00Z')

export function worldOf(...flows: readonly Flow[]): World {
  return { flows: createLibrary(flows), date: () => MONDAY_MORNING }
}

/** Reads a flow that must be free of errors. */
export function soundFlow(text: string, file = 'test.flow.yaml'): Flow {
  const flow = readFlow(text, file)
  if (flow.diagnosis.errors.length > 0) throw new Error(JSON.stringify(flow.diagnosis.errors, null, 2))
  return flow
}

/** A flow made of nodes alone, written as YAML list items. */
export function flowOf(nodes: string, sections = ''): Flow {
  return soundFlow(`flowId: test\n${sections}\nnodes:\n${nodes}`)
}

export function callFlow(flow: Flow, call: Call = {}, ...others: readonly Flow[]): Trace {
  return execute(flow, call, worldOf(flow, ...others))
}

export function pathOf(trace: Trace): string[] {
  return trace.visits.map(({ node }) => node)
}

/** `node:branch` of each visit. */
export function stepsOf(trace: Trace): string[] {
  return trace.visits.map(({ node, branch }) => (branch === undefined ? node : `${node}:${branch}`))
}
