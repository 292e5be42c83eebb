import type { NodeLines, SeenFlow } from '../../model/event.ts'
import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import { readFlow } from '../read-flow.ts'
import { usesOf } from '../uses.ts'
import { fingerprintOf } from './fingerprint.ts'
import { flowLines } from './flow-lines.ts'

/** A flow as it was at one time. What is counted for one edition is never added to what is counted for another. */
export interface FlowEdition {
  readonly flow: Flow
  readonly fingerprint: string
  /** Absent where the target does not tell. */
  readonly version?: string
  /** Our own emulator executes it. */
  readonly isEmulated: boolean
  /** The file in which it stands; absent: only the target has it. */
  readonly file?: string
  /** Where its nodes and branches stand in the file; where there is none, in {@link definitionText}. */
  readonly lines: Readonly<Record<string, NodeLines>>
}

/** Reads the edition that a run has met. The end of a sentence where it cannot be read. */
export function readEdition(seen: SeenFlow): FlowEdition | string {
  const { flowId, definition, version, fingerprint, file, lines, emulated = false, problem } = seen
  if (!definition || fingerprint === undefined) return problem ?? 'the target does not tell its definition'
  const text = definitionText(definition)
  const flow = readFlow(text, file ?? flowId)
  if (flow.nodes.size === 0) return 'its definition is not in a form that cxspec reads'
  const place = file !== undefined && lines ? { file, lines } : { lines: flowLines(flow) }
  return { flow: { ...flow, flowId }, fingerprint, isEmulated: emulated, ...(version === undefined ? {} : { version }), ...place }
}

/** A definition as text, for those who want to look at lines of it. */
export function definitionText(definition: NonNullable<SeenFlow['definition']>): string {
  return `${JSON.stringify(definition, null, 2)}\n`
}

/** Takes out of a definition what nobody may see. */
export type Mask = <Value extends object>(value: Value) => Value

/**
 * What a run tells of a flow that stands in a file here. The fingerprint is that of the masked definition: from one of the whole, a short
 * secret could be guessed.
 */
export function seenFromFile(flow: Flow, mask: Mask = (value) => value): SeenFlow {
  const { flowId, version, file } = flow
  if (!flow.definition) return { flowId, problem: `${file} cannot be read` }
  const definition = mask(flow.definition)
  return { flowId, version, fingerprint: fingerprintOf(definition), definition, file, lines: flowLines(flow) }
}

/** The ids of the flows that a flow calls or goes on in. */
export function calledFlows({ nodes }: Pick<Flow, 'nodes'>): readonly string[] {
  return [...new Set([...nodes.values()].flatMap((node) => usesOf(node).flow?.flowId ?? []))]
}

/** A library of editions. */
export function libraryOf(editions: Iterable<FlowEdition>): Library {
  return new Map([...editions].map(({ flow }) => [flow.flowId, flow]))
}
