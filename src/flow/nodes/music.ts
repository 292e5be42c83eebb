import type { NodeBase, NodeType } from '../node-type.ts'

export interface MusicSpec extends NodeBase {
  /** How long one round plays. */
  readonly seconds?: number
}

/** Hold music. Wired to itself it waits for an agent, which is normal: a debug call has none and ends there. */
export const music: NodeType<MusicSpec> = {
  name: 'Music',
  traceType: 'Music',
  workMs: 5,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  mayEnd: waitsForAgent,
  loopGuards: () => [{ kind: 'hold' }],
  prepare(spec) {
    return waitsForAgent(spec) ? () => ({ kind: 'end' }) : () => ({ kind: 'go', label: 'default' })
  },
}

function waitsForAgent({ id, next, branches }: MusicSpec): boolean {
  return (branches?.['default'] ?? next) === id
}
