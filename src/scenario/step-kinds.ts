/** What the reader of scenarios knows about a kind of step; its fields stand in schemas/scenario/KEY.json. */
export interface ReadableKind {
  /** The key in YAML. */
  readonly key: string
  /** Whether the file's `flow` is filled in where `flowId` is left out. */
  readonly takesFlow: boolean
}

/** Every kind of step that a scenario may have. A new kind is a new part of the schema and one line here. */
export const stepKinds: readonly ReadableKind[] = [
  { key: 'debug', takesFlow: true },
  { key: 'compile', takesFlow: true },
  { key: 'execute', takesFlow: false },
]
