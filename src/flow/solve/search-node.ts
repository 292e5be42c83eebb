import type { CannedAnswer } from '../canned-action.ts'
import type { CallerAct, Demands } from '../demands.ts'
import type { Flow, FlowNode } from '../flow.ts'
import type { Behaviour } from '../node-type.ts'
import { nodeTypes } from '../node-types.ts'
import { type ProgramNode, programOf } from '../program.ts'
import { usesOf } from '../uses.ts'
import { CALL_TIME, variableOf } from '../variables.ts'
import { candidatesOf } from './candidates.ts'
import type { ValueClasses } from './value-classes.ts'

/** A node as the search sees it: what is needed again and again, worked out once. */
export interface SearchNode {
  readonly index: number
  readonly flow: Flow
  readonly id: string
  readonly program: ProgramNode
  readonly demands: Demands
  /** Variables that make a difference and that the node reads. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  /** Absent: the caller is not asked. */
  readonly acts?: readonly CallerAct[]
  /** Why the acts may not be all that matter. */
  readonly openActs?: string
  /** What the node does where the action answers otherwise than the flow says. */
  readonly behaviourWith: (answer: CannedAnswer) => Behaviour
}

/** Looks nodes up, each made on first use. */
export class SearchNodes {
  readonly #classes: ValueClasses
  readonly #prefers: 'keys' | 'speech'
  readonly #known = new Map<Flow, Map<string, SearchNode>>()
  #count = 0

  constructor(classes: ValueClasses, prefers: 'keys' | 'speech') {
    this.#classes = classes
    this.#prefers = prefers
  }

  /** The node; `undefined` where the flow has none of that id. */
  of(flow: Flow, id: string): SearchNode | undefined {
    const ofFlow = this.#known.get(flow) ?? new Map<string, SearchNode>()
    this.#known.set(flow, ofFlow)
    const known = ofFlow.get(id)
    if (known) return known
    const node = flow.nodes.get(id)
    const program = programOf(flow).nodes.get(id)
    if (!node || !program) return undefined
    const made = this.#make(flow, node, program)
    ofFlow.set(id, made)
    return made
  }

  #make(flow: Flow, node: FlowNode, program: ProgramNode): SearchNode {
    const type = nodeTypes.get(node.type)
    const { spec } = node
    const demands = (spec && type?.demands?.(spec, flow, node)) ?? {}
    const { reads = [], writes = [] } = usesOf(node)
    const passed = (demands.links ?? []).flatMap(({ other }) => (other.flowId === undefined ? [variableOf(other.path)] : []))
    const decisive = [
      ...reads,
      ...passed,
      ...(demands.decidedBy ?? []).map(variableOf),
      ...(demands.profile === undefined ? [] : [CALL_TIME]),
    ]
    this.#count += 1
    return {
      index: this.#count,
      flow,
      id: node.id,
      program,
      demands,
      reads: [...new Set(decisive)].filter((name) => this.#classes.of(flow.flowId, name).decides),
      writes,
      ...this.#actsOf(flow, demands, writes),
      behaviourWith: (answer) =>
        type && spec ? type.prepare(spec, { ...flow, actions: withAnswer(flow, demands, answer) }, node) : program.behaviour,
    }
  }

  #actsOf(flow: Flow, { acts }: Demands, writes: readonly string[]): Pick<SearchNode, 'acts' | 'openActs'> {
    if (!acts) return {}
    const classes = writes.map((name) => this.#classes.of(flow.flowId, name)).filter(({ decides }) => decides)
    const wanted = classes.flatMap(candidatesOf)
    const isOpen = classes.some(({ isClosed }) => !isClosed)
    return { acts: acts(wanted, this.#prefers), ...(isOpen ? { openActs: notAllKnown(writes[0] ?? '') } : {}) }
  }
}

/** Why a search that tried all values it knows may have missed one. */
export function notAllKnown(variable: string): string {
  return `not all values of the variable "${variable}" that may matter are known`
}

function withAnswer({ actions }: Flow, { action }: Demands, answer: CannedAnswer): Flow['actions'] {
  return action ? new Map([...actions, [action.id, answer]]) : actions
}
