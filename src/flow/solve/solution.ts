import type { JsonObject } from '../../model/json.ts'
import type { CannedAnswer } from '../canned-action.ts'

/** What came of the search for a goal. */
export type Solution = Reached | Unreachable | Undecided

/** The shortest input that was found, and that the interpreter confirmed. */
export interface Reached {
  readonly kind: 'reached'
  readonly input: CallInput
  /** The visits up to the goal. */
  readonly path: readonly PathStep[]
  /** How much the input asks for: a key, an utterance and a silence count 1 each, see `EFFORT` for the rest. */
  readonly effort: number
  /** Whether the call, when nothing more is entered, then ends as it should. */
  readonly isCompleted: boolean
}

/** No input can do it: everything that makes a difference was tried. */
interface Unreachable {
  readonly kind: 'unreachable'
  /** Why, in a clause: `no branch leads there`. */
  readonly why: string
}

/** Neither found nor proven. */
interface Undecided {
  readonly kind: 'undecided'
  /** Why, in a clause. */
  readonly why: string
}

/** All that makes a call go its way. */
export interface CallInput {
  /** Where it enters: `main`, unless the goal can only be reached by an event. */
  readonly entry: string
  /** As {@link Call}: keys and pauses. */
  readonly dtmf: string
  /** As {@link Call}: one utterance in each line. */
  readonly speech: string
  /** Set before the call; `callTime` is the clock. Only those that matter. */
  readonly variables: JsonObject
  /** What data actions have to answer where the canned answers of the flow do not lead there, by the name of the action. */
  readonly answers: Readonly<Record<string, CannedAnswer>>
}

/** A visit, and how it was left. */
export interface PathStep {
  readonly flowId: string
  readonly node: string
  /** As traces tell it; absent at the last visit. */
  readonly branch?: string
}

/** What an input costs beyond keys, utterances and silences: an author sets what is needed, and nothing else. */
export const EFFORT = { callTime: 1, variable: 64, answer: 256, otherEntry: 4096 } as const
