import { jsonAnswer } from '../exchange.ts'
import { type Operation, pathParameter } from '../operation.ts'
import { findFlow } from './find-flow.ts'

/** Metadata and definition of a flow. A flow whose file is no YAML has no definition. */
export const flowRead: Operation = {
  api: 'flow-read',
  method: 'GET',
  paths: ['/api/v2/flows/:flowId'],
  access: { scopes: ['flow:read'] },
  answer(exchange, world) {
    const { flowId, name, version, published, definition } = findFlow(world, pathParameter(exchange, 'flowId'))
    const status = published ? 'published' : 'draft'
    return jsonAnswer(200, { flowId, ...(name && { name }), version, published, status, ...(definition && { definition }) })
  },
}
