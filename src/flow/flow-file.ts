import type { Json } from '../model/json.ts'
import { validateFlow } from '../schema/generated/flow.ts'
import type { Validator } from '../schema/validator.ts'
import type { CannedAction } from './canned-action.ts'
import type { HoursProfile } from './hours-profile.ts'
import type { NodeBase } from './node-type.ts'

/** A flow file as its schema proves it. Each node has what the definition of its type says. */
export interface FlowFile {
  readonly flowId: string
  readonly name?: string
  readonly version?: string
  readonly published?: boolean
  readonly entries?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, Json>>
  readonly hours?: Readonly<Record<string, HoursProfile>>
  readonly actions?: Readonly<Record<string, CannedAction>>
  readonly nodes: readonly NodeBase[]
}

/** Whether a value is a flow file; leaves what is wrong in `errors`. */
export const isFlowFile: Validator<FlowFile> = validateFlow
