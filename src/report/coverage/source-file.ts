import { definitionText, type FlowEdition } from '../../flow/coverage/edition.ts'

/** A file that stands for a flow in coverage viewers. */
export interface SourceFile {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string
  /** What has to be written there; absent: the file is there. */
  readonly text?: string
}

/** The file of the flow, or one below `folder` for a flow that only the target has. */
export function sourceFileOf({ flow, file }: FlowEdition, folder: string): SourceFile {
  if (file !== undefined) return { path: file }
  return { path: `${folder}/${encodeURIComponent(flow.flowId)}.flow.json`, text: definitionText(flow.definition ?? {}) }
}
