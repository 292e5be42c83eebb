import type { Json } from '../model/json.ts'

/**
 * What the branches of a node depend on, as data: the search for inputs asks for it, and the judgement of loops.
 * Paths are variables or fields of them (`account.tier`).
 */
export interface Demands {
  /** Variables by whose values the branch is chosen. */
  readonly decidedBy?: readonly string[]
  /** Values that make a difference to a branch, or that a variable may get here. */
  readonly values?: readonly TellingValue[]
  /** Values that pass between variables, whole or in parts. */
  readonly links?: readonly ValueLink[]
  /** What the caller may do. `wanted` are the values that make a difference for the variable that gets the entry. Absent: nobody is asked. */
  readonly acts?: (wanted: readonly Json[], prefers: 'keys' | 'speech') => readonly CallerAct[]
  /** The profile of opening hours that is asked. */
  readonly profile?: string
  /** The action that is called, and what becomes of its answer: variable → field of the result. */
  readonly action?: { readonly id: string; readonly outputs: Readonly<Record<string, string>> }
}

export interface TellingValue {
  /** Whose variable it is. Absent: the flow of the node. */
  readonly flowId?: string
  readonly path: string
  readonly value: Json
  /** How it is looked at: `same` or not, less or greater (`order`), or a `part` of a text. */
  readonly by: 'same' | 'order' | 'part'
}

/** Two variables of which one may get the value of the other, or that are compared with each other. */
interface ValueLink {
  readonly one: LinkEnd
  readonly other: LinkEnd
  /** False where the value is changed on the way, e.g. becomes a part of a text: then the values of one do not tell those of the other. */
  readonly isWhole: boolean
}

interface LinkEnd {
  /** Absent: the flow of the node. */
  readonly flowId?: string
  readonly path: string
}

/** What the caller does at one visit. */
export type CallerAct = KeysAct | SpeechAct | SilenceAct

/** Presses keys. */
export interface KeysAct {
  readonly kind: 'keys'
  readonly keys: string
  /** Pause that ends the entry, where more keys follow. Absent: the last key ends it. */
  readonly pauseMs?: number
  /** A key that would be taken for a part of this entry if it came next: then it has to be pressed once more. */
  readonly swallows?: string
}

/** Says something. */
interface SpeechAct {
  readonly kind: 'speech'
  readonly utterance: string
}

/** Waits until the node gives up listening. */
interface SilenceAct {
  readonly kind: 'silence'
  readonly pauseMs: number
}

/** What bounds a loop through a node, or makes it wait. */
export type LoopGuard =
  /** The branch `repeat` is taken `times` times, then `finished`; the variable counts. */
  | { readonly kind: 'counter'; readonly variable: string; readonly times: number; readonly repeat: string; readonly finished: string }
  /** The branch is taken `times` times in a row at most. */
  | { readonly kind: 'retries'; readonly label: string; readonly times: number }
  /** The visit waits until the caller does something, or has been silent for a while; `choices` are the branches that only a choice takes, and `isChoice` tells what a caller entered from an entry that is none. */
  | { readonly kind: 'caller'; readonly choices: readonly string[]; readonly isChoice: (input: string) => boolean }
  /** The visit waits for an agent. */
  | { readonly kind: 'hold' }
  /** What comes next is up to another system or the time of day: `the action "find-account"`. */
  | { readonly kind: 'outside'; readonly name: string }
