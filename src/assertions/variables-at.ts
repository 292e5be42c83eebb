import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Trace, Visit } from '../model/trace.ts'
import { malformed } from './malformed.ts'
import { didYouMean } from './nearest-id.ts'
import { below } from './recode.ts'
import { counted, show } from './show.ts'
import { variables } from './variables.ts'

type WhichVisit = 'first' | 'last' | 'any' | 'every' | number

/**
 * Expects variables after a visit of a node. By node: after its last visit. As a list of `{ node, visit, variables }`: after the visit that
 * `visit` names (`first`, `last`, `any`, `every`, or a number that counts the node's visits from 1).
 */
export function variablesAt(expected: Json, trace: Trace): readonly Finding[] {
  if (Array.isArray(expected)) return expected.flatMap((entry, index) => below(index, listedVisit(entry, trace)))
  if (!isJsonObject(expected)) return [malformed('nodes with their variables', expected)]
  return Object.entries(expected).flatMap(([node, wanted]) =>
    wanted === undefined ? [] : below(node, atVisit(node, 'last', wanted, trace)),
  )
}

function listedVisit(entry: Json, trace: Trace): readonly Finding[] {
  if (!isJsonObject(entry)) return [malformed('a node with its variables', entry)]
  const { node, visit = 'last', variables: wanted } = entry
  if (typeof node !== 'string') return [malformed('the id of a node under "node"', entry)]
  if (!isWhichVisit(visit)) return below('visit', [malformed('first, last, any, every or the number of a visit', visit)])
  return wanted === undefined ? [malformed('variables under "variables"', entry)] : below('variables', atVisit(node, visit, wanted, trace))
}

function isWhichVisit(value: Json): value is WhichVisit {
  return value === 'first' || value === 'last' || value === 'any' || value === 'every' || (Number.isInteger(value) && Number(value) > 0)
}

function atVisit(node: string, which: WhichVisit, wanted: Json, trace: Trace): readonly Finding[] {
  const visited = trace.visits.filter((visit) => visit.node === node)
  if (visited.length === 0) return [notVisited(node, trace)]
  const chosen = choose(visited, which)
  if (chosen.length === 0) return [tooFewVisits(node, visited.length, which)]
  const byVisit = chosen.map((visit) => afterVisit(visit, wanted))
  if (which === 'any' && byVisit.some((findings) => findings.length === 0)) return []
  return which === 'any' ? (byVisit.at(-1) ?? []).map((finding) => inAnyOf(finding, chosen)) : byVisit.flat()
}

function choose(visited: readonly Visit[], which: WhichVisit): readonly Visit[] {
  if (which === 'any' || which === 'every') return visited
  const index = which === 'first' ? 0 : which === 'last' ? visited.length - 1 : which - 1
  return visited.slice(index, index + 1)
}

function afterVisit(visit: Visit, wanted: Json): readonly Finding[] {
  const subject = `after "${visit.node}" (visit ${visit.index + 1}) variables`
  return visit.variables === undefined ? [untold(visit)] : variables(wanted, visit.variables, subject)
}

function inAnyOf(finding: Finding, chosen: readonly Visit[]): Finding {
  return { ...finding, message: `after none of ${counted(chosen.length, 'visit')} as expected; ${finding.message}` }
}

function untold(visit: Visit): Finding {
  return {
    code: 'VARIABLES_NOT_TOLD',
    message: `the target did not tell the variables after "${visit.node}" (visit ${visit.index + 1})`,
    advice: 'expect them at the end of the call, under "variables", where the target tells no more',
  }
}

function notVisited(node: string, trace: Trace): Finding {
  const message = `"${node}" was never visited, so there are no variables after it`
  return { code: 'NODE_NOT_VISITED', message, ...didYouMean(node, new Set(trace.visits.map((visit) => visit.node))) }
}

function tooFewVisits(node: string, count: number, which: WhichVisit): Finding {
  return { code: 'NODE_NOT_VISITED', message: `"${node}" was visited ${counted(count, 'time')}, expected a visit ${show(which)} of it` }
}
