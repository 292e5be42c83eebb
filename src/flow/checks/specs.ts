import type { Check } from '../check.ts'
import { nodeTypes } from '../node-types.ts'

/** Every node can work as it is written: what its type says beyond the schema. */
export const checkSpecs: Check = ({ nodes }) =>
  [...nodes.values()].flatMap((node) => {
    const reasons = (node.spec && nodeTypes.get(node.type)?.complaints?.(node.spec)) ?? []
    return reasons.map((reason) => ({
      severity: 'error',
      code: 'VALIDATION_ERROR',
      message: `node "${node.id}" ${reason}`,
      pointer: node.pointer,
      node: node.id,
    }))
  })
