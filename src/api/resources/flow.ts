import type { Json } from '../../model/json.ts'
import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { Send } from '../send.ts'

export interface FlowDefinition {
  readonly flowId: string
  readonly name?: string | null
  readonly version?: string | number | null
  readonly published?: boolean | null
  readonly status?: string | null
  readonly definition?: Json
}

const toFlowDefinition = decoder<FlowDefinition>('flow-definition')

/** Reads a flow's metadata and definition. Rejects with `NOT_FOUND` where the target has no such flow. */
export async function getFlow(send: Send, flowId: string): Promise<FlowDefinition> {
  return toFlowDefinition(await send({ api: 'flow-read', scopes: ['flow:read'], method: 'GET', path: `/api/v2/flows/${segment(flowId)}` }))
}
