import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import { alignPath } from './align-path.ts'
import { explainAlignment, explainMatch, type PathDifference, sideBySide } from './explain-path.ts'
import { matchPath, type PathMatch } from './match-path.ts'
import { didYouMean } from './nearest-id.ts'
import { buildPathAutomaton, type PathAutomaton, PatternError } from './path-automaton.ts'
import { carried } from './show.ts'

/**
 * Expects the nodes that a call visits, from its first to its last ({@link PathPattern}). A difference is explained by the first node
 * that is not as expected and by expected and actual side by side. Takes time polynomial in pattern and path, whatever they are.
 */
export function path(expected: Json, trace: Trace): readonly Finding[] {
  const nodes = trace.visits.map((visit) => visit.node)
  try {
    const automaton = buildPathAutomaton(expected, nodes.length)
    const match = matchPath(automaton, nodes)
    return match.isMatch ? [] : [differs(expected, nodes, automaton, match)]
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return [{ code: 'PATH_PATTERN_INVALID', message: error.message, expected: carried(expected), at: error.at }]
  }
}

function differs(expected: Json, nodes: readonly string[], automaton: PathAutomaton, match: PathMatch): Finding {
  const rows = alignPath(automaton, nodes)
  const difference: PathDifference = rows ? explainAlignment(rows, nodes) : explainMatch(automaton, match, nodes)
  return {
    code: 'PATH_DIFFERS',
    message: difference.message,
    expected: carried(expected),
    actual: carried(nodes),
    at: difference.at,
    ...(rows ? { details: sideBySide(rows, nodes) } : {}),
    ...(difference.wanted === undefined || nodes.includes(difference.wanted) ? {} : didYouMean(difference.wanted, new Set(nodes))),
  }
}
