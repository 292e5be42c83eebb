/** What a compilation says about one place of a flow, with the codes of the compile API. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  /** One sentence: which node, what is wrong, what would be right. */
  readonly message: string
  /** 1-based; absent: unknown. */
  readonly location?: { readonly line: number; readonly column: number }
  /** The node that it is about; a call that reaches it breaks there where this is an error. */
  readonly node?: string
}

export type DiagnosticCode =
  /** Not YAML or JSON. */
  | 'SYNTAX_ERROR'
  /** Not a flow: a field of the wrong shape, a missing branch, an unknown type, no way out. As a warning: what is allowed and looks like a slip. */
  | 'VALIDATION_ERROR'
  /** A name that leads nowhere: a node, a variable, a profile, an action, a flow. */
  | 'REFERENCE_ERROR'

/** All that is wrong with a flow. It compiles where `errors` is empty. */
export interface Diagnosis {
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
}
