import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { CannedAnswer } from '../canned-action.ts'
import type { CallerAct } from '../demands.ts'
import { INVENTED_FAULT } from './expand.ts'
import { pauseOf } from './pause.ts'
import type { Move, SearchState } from './search-state.ts'
import type { CallInput } from './solution.ts'

/**
 * What has to be entered, set and answered so that a call comes to a state. Where silence does as well as the last keys, it is the
 * simpler input: those with fewer keys come first, and the first that does as foreseen is the best.
 */
export function* inputsFor(state: SearchState, entry: string): Generator<CallInput> {
  const moves = movesTo(state)
  const acts = moves.flatMap(({ act }) => act ?? [])
  const input = {
    entry,
    speech: acts.flatMap((act) => (act.kind === 'speech' ? [act.utterance] : [])).join('\n'),
    variables: Object.fromEntries(
      moves.flatMap(({ choice }) => (choice?.freedom.from === 'author' ? [[choice.variable, choice.value] as const] : [])),
    ),
    answers: answersOf(state, moves),
  }
  const least = acts.length > MOST_SHORTENED ? acts.length : 0
  let tried: string | undefined
  for (let count = least; count <= acts.length; count += 1) {
    const dtmf = keysOf(acts.slice(0, count))
    if (dtmf !== tried) yield { ...input, dtmf }
    tried = dtmf
  }
}

/** Inputs of more acts are taken as they are: each attempt is a call. */
const MOST_SHORTENED = 32

/** The moves of the search from its start to a state. */
export function movesTo(state: SearchState): readonly Move[] {
  const moves: Move[] = []
  for (let { via } = state; via; { via } = via.from) moves.push(via)
  return moves.toReversed()
}

/** Keys and the pauses between them; after the last key there is silence anyway. */
function keysOf(acts: readonly CallerAct[]): string {
  let keys = ''
  let pauseMs = 0
  let swallows: string | undefined
  for (const act of acts) {
    if (act.kind === 'speech') continue
    if (act.kind === 'keys') {
      const isSwallowed = pauseMs === 0 && swallows !== undefined && act.keys.startsWith(swallows)
      keys += pauseOf(pauseMs) + (isSwallowed ? swallows : '') + act.keys
      pauseMs = 0
    }
    pauseMs += act.pauseMs ?? 0
    swallows = act.kind === 'keys' ? act.swallows : undefined
  }
  return keys
}

function answersOf({ answers }: SearchState, moves: readonly Move[]): CallInput['answers'] {
  const invented = Object.entries(answers).flatMap(([action, mode]): [string, CannedAnswer][] => {
    if (mode === 'fault') return [[action, { fault: INVENTED_FAULT }]]
    return mode === 'result' ? [[action, { result: resultOf(action, moves) }]] : []
  })
  return Object.fromEntries(invented)
}

function resultOf(action: string, moves: readonly Move[]): JsonObject {
  return moves.reduce<JsonObject>(
    (result, { choice }) =>
      choice?.freedom.from === 'answer' && choice.freedom.action === action
        ? withField(result, choice.freedom.field.split('.'), choice.value)
        : result,
    {},
  )
}

function withField(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const { [name]: inner } = object
  return { ...object, [name]: rest.length === 0 ? value : withField(isJsonObject(inner) ? inner : {}, rest, value) }
}
