import type { Check, Draft } from '../check.ts'
import type { Complaint } from '../complaint.ts'
import { suggestion } from '../suggestion.ts'

/** Calls know where to begin, and every entry leads to a node. */
export const checkEntries: Check = (draft) => [...mainEntry(draft), ...namedEntries(draft)]

/** The only Start node, unless the file names another place: that is what reading takes as `main`. */
function mainEntry({ entries, nodes, mentioned }: Draft): Complaint[] {
  if (entries.has('main') || mentioned.has('main') || mentioned.has('Start')) return []
  const starts = [...nodes.values()].filter(({ type }) => type === 'Start')
  const message =
    starts.length === 0
      ? 'the flow has no node of type Start: calls cannot begin'
      : `the flow has ${starts.length} nodes of type Start: name the one where calls begin, as entries: { main: ${starts[0]?.id} }`
  return [{ severity: 'error', code: 'VALIDATION_ERROR', message, pointer: starts[1]?.pointer ?? ['nodes'], atKey: true }]
}

function namedEntries({ entries, nodes }: Draft): Complaint[] {
  return [...entries]
    .filter(([, node]) => !nodes.has(node))
    .map(([name, node]) => ({
      severity: 'error',
      code: 'REFERENCE_ERROR',
      rule: 'dangling-target',
      message: `the entry "${name}" leads to "${node}", which does not exist${suggestion(node, nodes.keys())}`,
      pointer: ['entries', name],
    }))
}
