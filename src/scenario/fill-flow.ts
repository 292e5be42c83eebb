import type { Fault } from '../model/fault.ts'
import type { JsonObject } from '../model/json.ts'
import { validateFilledStep } from '../schema/generated/filled-scenario.ts'
import { fill } from './fill.ts'
import type { FileSource } from './scenario-source.ts'
import { stepKinds } from './step-kinds.ts'

/** The file's `flow` for one row, held against the schema as the flowId that it becomes. `undefined` where there is none that can be used. */
export function fillFlow(values: JsonObject, { flow, faults }: Pick<FileSource, 'flow' | 'faults'>): string | undefined {
  if (flow === undefined) return undefined
  const { value, complaints, references } = fill(flow, values)
  for (const { fault } of complaints) faults.add(fault, ['flow'])
  const isId = typeof value === 'string' && references.length === 0 && validateFilledStep({ [FLOW_KIND]: { flowId: value } })
  if (complaints.length === 0 && !isId) faults.add(badFlow(JSON.stringify(value)), ['flow'])
  return typeof value === 'string' ? value : flow
}

/** Any kind of step that calls a flow. */
const FLOW_KIND = stepKinds.find(({ takesFlow }) => takesFlow)?.key ?? 'debug'

function badFlow(value: string): Fault {
  return {
    code: 'INVALID_VALUE',
    message: `flow is ${value} once placeholders are filled in`,
    expected: 'an id: one part of a path, without / \\ % ? #, and neither "." nor ".."',
  }
}
