/** A node as it is written. */
export type NodeSpec = { readonly id: string; readonly type: string }
