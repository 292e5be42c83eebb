import type { Json } from '../model/json.ts'
import type { Demands } from './demands.ts'
import { createTemplate } from './template.ts'

/** Which values variables may get: those that the file gives, and those of other variables. `flowId` is whose variables they are; absent: the node's own. */
export function demandsOfAssignments(
  values: Readonly<Record<string, Json>> = {},
  flowId?: string,
): Required<Pick<Demands, 'values' | 'links'>> {
  const ofFlow = flowId === undefined ? {} : { flowId }
  const assignments = Object.entries(values).map(([path, value]) => ({ path, template: createTemplate(value) }))
  return {
    values: assignments.flatMap(({ path, template }) =>
      template.paths.length > 0 ? [] : [{ ...ofFlow, path, value: template.fill({}), by: 'same' as const }],
    ),
    links: assignments.flatMap(({ path, template: { paths, isWhole } }) =>
      paths.map((other) => ({ one: { ...ofFlow, path }, other: { path: other }, isWhole })),
    ),
  }
}
