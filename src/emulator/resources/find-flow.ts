import type { Flow } from '../../flow/flow.ts'
import { nearest } from '../../model/nearest.ts'
import { refuse } from '../exchange.ts'
import type { World } from '../world.ts'

/** The flow of that id. Throws a refusal, 404, where the emulator serves none. */
export function findFlow({ settings }: World, flowId: string): Flow {
  const flow = settings.flows.get(flowId)
  if (flow) return flow
  const meant = nearest(flowId, settings.flows.keys())
  throw refuse(404, 'flow_not_found', `there is no flow "${flowId}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`)
}
