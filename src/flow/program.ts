import type { Flow, FlowNode } from './flow.ts'
import type { Behaviour } from './node-type.ts'
import { nodeTypes } from './node-types.ts'

/** A flow that is ready to be executed: every node prepared, every branch a link. */
export interface Program {
  readonly flow: Flow
  readonly nodes: ReadonlyMap<string, ProgramNode>
}

export interface ProgramNode {
  readonly id: string
  readonly traceType: string
  readonly workMs: number
  readonly behaviour: Behaviour
  /** Label → node; a node that does not exist is not among them. */
  readonly links: ReadonlyMap<string, ProgramNode>
}

const programs = new WeakMap<Flow, Program>()

/** The program of a flow; made once. */
export function programOf(flow: Flow): Program {
  const known = programs.get(flow)
  if (known) return known
  const program = prepareProgram(flow)
  programs.set(flow, program)
  return program
}

function prepareProgram(flow: Flow): Program {
  const faults = new Map(flow.diagnosis.errors.toReversed().map(({ node, message }) => [node, message]))
  const links = new Map<string, Map<string, ProgramNode>>()
  const nodes = new Map<string, ProgramNode>()
  for (const node of flow.nodes.values()) {
    const own = new Map<string, ProgramNode>()
    links.set(node.id, own)
    nodes.set(node.id, prepareNode(node, flow, faults.get(node.id), own))
  }
  for (const { from, label, to } of [...flow.nodes.values()].flatMap(({ branches }) => [...branches.values()])) {
    const target = nodes.get(to)
    if (target) links.get(from)?.set(label, target)
  }
  return { flow, nodes }
}

function prepareNode(node: FlowNode, flow: Flow, fault: string | undefined, links: ProgramNode['links']): ProgramNode {
  const type = nodeTypes.get(node.type)
  const { id } = node
  if (type && node.spec && fault === undefined) {
    return { id, traceType: type.traceType, workMs: type.workMs, behaviour: type.prepare(node.spec, flow, node), links }
  }
  const exception = fault ?? `node "${id}" cannot be read`
  return { id, traceType: type?.traceType ?? node.type, workMs: 0, behaviour: () => ({ kind: 'break', exception }), links }
}
