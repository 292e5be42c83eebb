import { type Complaint, joinDiagnoses, locateComplaints } from './complaint.ts'
import type { Diagnosis } from './diagnostic.ts'
import type { Flow, FlowNode } from './flow.ts'
import type { Library } from './library.ts'
import type { FlowUse } from './node-type.ts'
import { suggestion } from './suggestion.ts'
import { knownVariables, usesOf } from './uses.ts'

/** Everything that is wrong with a flow: what reading found, and what other flows tell (called flows, their entries and variables). In the order of the file. */
export function diagnose(flow: Flow, library: Library): Diagnosis {
  const complaints = [...flow.nodes.values()].flatMap((node) => {
    const use = usesOf(node).flow
    return use ? checkUse(node, use, library) : []
  })
  return joinDiagnoses([flow.diagnosis, locateComplaints(complaints, flow.source, flow.file)])
}

function checkUse(node: FlowNode, { flowId, entry, variables }: FlowUse, library: Library): Complaint[] {
  const flow = library.get(flowId)
  const about = { severity: 'error', code: 'REFERENCE_ERROR', node: node.id } as const
  const at = (field: string): Complaint['pointer'] => [...node.pointer, field]
  if (!flow) {
    const message = `node "${node.id}" calls the flow "${flowId}", which does not exist${suggestion(flowId, library.keys())}`
    return [{ ...about, message, pointer: at('flowId') }]
  }
  if (flow.nodes.size === 0) return []
  const known = knownVariables(flow)
  return [
    ...(flow.entries.has(entry)
      ? []
      : [
          {
            ...about,
            message: `node "${node.id}": the flow "${flowId}" has no entry "${entry}"${suggestion(entry, flow.entries.keys())}`,
            pointer: at('entry'),
          },
        ]),
    ...variables
      .filter((name) => !known.has(name))
      .map((name) => ({
        ...about,
        message: `node "${node.id}": the flow "${flowId}" has no variable "${name}"${suggestion(name, known)}`,
        pointer: node.pointer,
      })),
  ]
}
