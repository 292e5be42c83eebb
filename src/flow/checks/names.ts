import type { Check } from '../check.ts'
import type { Complaint } from '../complaint.ts'
import type { FlowNode } from '../flow.ts'
import type { Uses } from '../node-type.ts'
import { suggestion } from '../suggestion.ts'
import { knownVariables, usesOf } from '../uses.ts'

/** Every variable that is read is declared or set somewhere, and every profile and action exists. */
export const checkNames: Check = (draft) => {
  const known = { variable: knownVariables(draft), hours: new Set(draft.hours.keys()), action: new Set(draft.actions.keys()) }
  return [...draft.nodes.values()].flatMap((node) =>
    namesOf(usesOf(node)).flatMap(({ kind, name }) =>
      known[kind].has(name) || draft.mentioned.has(name) ? [] : [complain(node, kind, name, known[kind])],
    ),
  )
}

type Kind = 'variable' | 'hours' | 'action'

const ADVICE: Readonly<Record<Kind, string>> = {
  variable: 'which no node sets and `variables` does not declare',
  hours: 'which `hours` does not define',
  action: 'which `actions` does not define',
}

function namesOf({ reads = [], hours, action }: Uses): { kind: Kind; name: string }[] {
  return [
    ...[...new Set(reads)].map((name) => ({ kind: 'variable' as const, name })),
    ...(hours === undefined ? [] : [{ kind: 'hours' as const, name: hours }]),
    ...(action === undefined ? [] : [{ kind: 'action' as const, name: action }]),
  ]
}

function complain(node: FlowNode, kind: Kind, name: string, known: ReadonlySet<string>): Complaint {
  const field = kind === 'hours' ? 'profile' : kind === 'action' ? 'actionId' : undefined
  return {
    severity: 'error',
    code: 'REFERENCE_ERROR',
    message: `node "${node.id}" uses the ${kind} "${name}", ${ADVICE[kind]}${suggestion(name, known)}`,
    pointer: field === undefined ? node.pointer : [...node.pointer, field],
    node: node.id,
  }
}
