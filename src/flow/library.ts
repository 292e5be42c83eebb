import { type Fault, FaultError } from '../model/fault.ts'
import { openLocator } from '../yaml/locate.ts'
import type { Flow } from './flow.ts'

/** Flows by their id: what an emulator serves, and what called flows are looked up in. */
export type Library = ReadonlyMap<string, Flow>

/** A library of flows at hand, for tests and for programs. Throws a `FaultError` for two flows of the same id. */
export function createLibrary(flows: readonly Flow[]): Library {
  const { library, faults } = gatherFlows(flows)
  if (faults.length > 0) throw new FaultError(faults)
  return library
}

/** Flows by their id; of several with the same id the first counts, and each other is a fault. */
export function gatherFlows(flows: readonly Flow[]): { readonly library: Library; readonly faults: readonly Fault[] } {
  const library = new Map<string, Flow>()
  const faults: Fault[] = []
  for (const flow of flows) {
    const first = library.get(flow.flowId)
    if (first) faults.push(duplicate(flow, first))
    else library.set(flow.flowId, flow)
  }
  return { library, faults }
}

function duplicate({ flowId, file, source }: Flow, first: Flow): Fault {
  return {
    code: 'DUPLICATE_FLOW',
    message: `the flow id "${flowId}" is taken: ${first.file} has it too`,
    place: openLocator(source, file).placeOf(['flowId']),
    advice: 'give one of the two another flowId, or remove it: the first one counts',
  }
}
