import type { NodeBase, NodeType } from '../node-type.ts'
import { createTextTemplate } from '../template.ts'

export interface PlayPromptSpec extends NodeBase {
  /** What the caller hears. */
  readonly prompt: string
}

/** Plays a prompt. How long it plays is the caller's time. */
export const playPrompt: NodeType<PlayPromptSpec> = {
  name: 'PlayPrompt',
  traceType: 'PlayPrompt',
  workMs: 10,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  uses: ({ prompt }) => ({ reads: createTextTemplate(prompt).reads }),
  prepare: () => () => ({ kind: 'go', label: 'default' }),
}
