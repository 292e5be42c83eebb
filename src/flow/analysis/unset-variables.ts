import type { Flow, FlowNode } from '../flow.ts'
import type { Uses } from '../node-type.ts'
import { usesOf } from '../uses.ts'
import { CALL_TIME } from '../variables.ts'
import type { Draft } from './finding-draft.ts'

/** How many variables are looked at in one pass: one bit each. */
const BITS = 31

/** More findings in one flow say nothing more; each takes a search for the shortest way. */
const MOST_FINDINGS = 20

/**
 * Variables that a call may read before any node has set them: they are not declared, and a way leads to a node that reads them past
 * all nodes that set them. What is set on every way is worked out for 31 variables at a time, by the usual forward data flow (G. Kildall,
 * "A unified approach to global program optimization", POPL 1973).
 */
export function unsetVariables(flow: Flow): Draft[] {
  const uses = new Map([...flow.nodes.values()].map((node) => [node, usesOf(node)]))
  const written = new Set([...uses.values()].flatMap(({ writes = [] }) => writes))
  const read = new Set([...uses.values()].flatMap(({ reads = [] }) => reads))
  const names = [...written].filter((name) => read.has(name) && !Object.hasOwn(flow.variables, name) && name !== CALL_TIME)
  const found: { node: FlowNode; name: string }[] = []
  for (let from = 0; from < names.length && found.length < MOST_FINDINGS; from += BITS) {
    found.push(...unsetReads(flow, names.slice(from, from + BITS), uses))
  }
  return found.slice(0, MOST_FINDINGS).map(({ node, name }) => describe(flow, node, name))
}

function unsetReads(flow: Flow, names: readonly string[], uses: ReadonlyMap<FlowNode, Uses>): { node: FlowNode; name: string }[] {
  const bitOf = new Map(names.map((name, index) => [name, 1 << index]))
  const maskOf = (used: readonly string[] = []): number => used.reduce((mask, name) => mask | (bitOf.get(name) ?? 0), 0)
  const setBefore = new Map<FlowNode, number>()
  const waiting: FlowNode[] = []
  const arrive = (node: FlowNode | undefined, mask: number): void => {
    if (!node) return
    const known = setBefore.get(node)
    const met = known === undefined ? mask : known & mask
    if (met === known) return
    setBefore.set(node, met)
    waiting.push(node)
  }
  for (const entry of flow.entries.values()) arrive(flow.nodes.get(entry), 0)
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const after = (setBefore.get(node) ?? 0) | maskOf(uses.get(node)?.writes)
    for (const { to } of node.branches.values()) arrive(flow.nodes.get(to), after)
  }
  return [...setBefore].flatMap(([node, mask]) => {
    const unset = maskOf(uses.get(node)?.reads) & ~mask
    return names.filter((name) => (unset & (bitOf.get(name) ?? 0)) !== 0).map((name) => ({ node, name }))
  })
}

function describe(flow: Flow, node: FlowNode, name: string): Draft {
  return {
    rule: 'unset-variable',
    severity: 'warning',
    flowId: flow.flowId,
    message: `node "${node.id}" may read the variable "${name}" before it is set`,
    at: { pointer: node.pointer },
    way: wayPast(flow, node, name),
    goal: { kind: 'node', flowId: flow.flowId, node: node.id },
    advice: `declare it: variables: { ${name}: "" }, or set it on every way to here`,
  }
}

/** The shortest way from an entry to the node past all that set the variable. */
function wayPast(flow: Flow, target: FlowNode, name: string): NonNullable<Draft['way']> {
  const origins = new Map<string, { readonly node: string; readonly branch: string } | undefined>()
  const queue = [...flow.entries.values()]
  for (const id of queue) origins.set(id, undefined)
  for (const id of queue) {
    const node = flow.nodes.get(id)
    if (node === target || !node) break
    if (usesOf(node).writes?.includes(name)) continue
    for (const { label, to } of node.branches.values()) {
      if (origins.has(to)) continue
      origins.set(to, { node: id, branch: label })
      queue.push(to)
    }
  }
  const way: { node: string; branch?: string }[] = [{ node: target.id }]
  for (let origin = origins.get(target.id); origin; origin = origins.get(origin.node)) way.push(origin)
  return way.toReversed()
}
