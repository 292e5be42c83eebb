import type { Flow } from '../flow.ts'

/** How two versions of a flow differ. What is only for people (names, notes, where nodes stand) is no difference. */
export interface FlowChange {
  readonly flowId: string
  readonly kind: 'added' | 'removed' | 'changed' | 'same'
  /** Absent: the flow was added. */
  readonly before?: Flow
  /** Absent: the flow was removed. */
  readonly after?: Flow
  /** In the order of the newer version, those that were removed behind them. */
  readonly nodes: readonly NodeChange[]
  readonly branches: readonly BranchChange[]
  readonly settings: readonly SettingChange[]
}

/** A node that is new, gone, or does something else. */
export interface NodeChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly node: string
  /** What differs, e.g. `queue`; none where the node was added or removed. */
  readonly fields: readonly string[]
}

/** A branch that is new, gone, or leads elsewhere; those of nodes that are new or gone are among them. */
export interface BranchChange {
  readonly kind: 'added' | 'removed' | 'rewired'
  readonly node: string
  readonly label: string
  /** Where it led; absent: it is new. */
  readonly before?: string
  /** Where it leads; absent: it is gone. */
  readonly after?: string
}

/** Something that nodes use: an entry, an initial variable, opening hours, a canned action. */
export interface SettingChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly section: 'entries' | 'variables' | 'hours' | 'actions'
  readonly name: string
}
