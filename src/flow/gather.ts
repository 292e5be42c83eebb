import { parseDuration } from '../model/duration.ts'
import type { Caller, KeyRules } from './caller.ts'
import type { LoopGuard } from './demands.ts'
import type { FlowNode } from './flow.ts'
import type { Behaviour, BranchRules, NodeBase, Situation, Uses } from './node-type.ts'
import { createPhraseFinder } from './speech.ts'
import type { Step } from './step.ts'
import { createTextTemplate } from './template.ts'
import { withVariable } from './variables.ts'

/** What a node that asks the caller is made of: a Menu or a GatherInput. */
export interface GatherSpec extends NodeBase {
  readonly prompt?: string
  /** Gets the keys, or the label of the phrase. */
  readonly variable?: string
  /** The keys that are accepted. @default all */
  readonly digits?: string
  /** @default the length of the longest key branch, else 1 */
  readonly maxDigits?: number
  /** @default 1 */
  readonly minDigits?: number
  readonly terminator?: string
  /** For the first key or word, as `5s`. @default `5s` */
  readonly timeout?: string
  /** Between two keys. @default `3s` */
  readonly interDigitTimeout?: string
  /** How often it asks again. @default 0 */
  readonly retries?: number
  /** Label → phrases. */
  readonly speech?: Readonly<Record<string, readonly string[]>>
}

/** The branch back to the node itself while it asks again. */
export const RETRY = 'retry'

const USUAL_TIMEOUT = '5s'
const USUAL_INTER_DIGIT_TIMEOUT = '3s'
/** A label that is an entry of keys. */
export const KEYS = /^[0-9*#A-D]+$/

/** What was heard, and the branch that it is for; without a label it is a no-match. */
interface Entry {
  readonly input: string
  readonly label?: string
  /** What the variable gets. */
  readonly value: string
}

/** The labels of its choices: keys and phrases. */
export function choicesOf({ branches = {}, speech = {} }: GatherSpec): string[] {
  return [...new Set([...Object.keys(branches).filter((label) => KEYS.test(label)), ...Object.keys(speech)])]
}

/** What both node types have in common. */
export function gatherRules(spec: GatherSpec): BranchRules {
  return {
    labels: [...choicesOf(spec), 'noInput', 'noMatch', 'default'],
    ...((spec.retries ?? 0) > 0 ? { implied: { [RETRY]: spec.id } } : {}),
  }
}

/** The variables of the prompt, and the one that gets the entry. */
export function gatherUses({ prompt = '', variable }: GatherSpec): Uses {
  return { reads: createTextTemplate(prompt).reads, writes: variable === undefined ? [] : [variable] }
}

/** What cannot work, one sentence each. */
export function gatherComplaints(spec: GatherSpec): string[] {
  const maxDigits = maxDigitsOf(spec)
  const tooLong = choicesOf(spec).filter((label) => KEYS.test(label) && label.length > maxDigits)
  return [
    ...((spec.minDigits ?? 1) > maxDigits ? [`asks for at least ${spec.minDigits} keys, but takes no more than ${maxDigits}`] : []),
    ...tooLong.map((label) => `has a branch for the keys "${label}", but takes no more than ${maxDigits} of them`),
    ...(Object.hasOwn(spec.speech ?? {}, RETRY) ? [`has phrases for "${RETRY}", which is the branch to itself: choose another label`] : []),
  ]
}

/** A node that asks waits for the caller, and asks again a bounded number of times. */
export function gatherLoopGuards(spec: GatherSpec): readonly LoopGuard[] {
  const { retries = 0 } = spec
  const choices = choicesOf(spec)
  const find = createPhraseFinder(spec.speech ?? {})
  const isChoice = (input: string): boolean => choices.includes(input) || find(input) !== undefined
  return [{ kind: 'caller', choices, isChoice }, ...(retries > 0 ? [{ kind: 'retries' as const, label: RETRY, times: retries }] : [])]
}

/**
 * Prepares a visit: listen, then take the branch of what was entered, ask again, or give up. `otherKeys` is the branch for
 * keys without one of their own; without it, or where the flow does not name it, they are a no-match.
 */
export function prepareGather(spec: GatherSpec, node: FlowNode, otherKeys?: string): Behaviour {
  const listen = createListener(spec, node, otherKeys)
  const { retries = 0, variable } = spec
  return (situation) => {
    const entry = listen(situation.caller)
    if (entry?.label === undefined) return ask(entry, situation, retries)
    return { kind: 'go', label: entry.label, input: entry.input, variables: withVariable(situation.variables, variable, entry.value) }
  }
}

function ask(entry: Entry | undefined, { failedTries }: Situation, retries: number): Step {
  const label = failedTries < retries ? RETRY : entry ? 'noMatch' : 'noInput'
  return { kind: 'go', label, ...(entry ? { input: entry.input } : {}) }
}

/** A phrase that the node knows comes first, then keys, then whatever else is said; so keys and speech of one call can be for different nodes. */
function createListener(spec: GatherSpec, node: FlowNode, otherKeys: string | undefined): (caller: Caller) => Entry | undefined {
  const findLabel = spec.speech && createPhraseFinder(spec.speech)
  const rules = keyRules(spec, node)
  const judge = createKeyJudge(spec, node, otherKeys)
  return (caller) => {
    const utterance = findLabel && caller.nextUtterance
    const label = utterance === undefined ? undefined : findLabel?.(utterance)
    if (utterance !== undefined && (label !== undefined || !caller.hasKeys)) {
      caller.speak()
      return { input: utterance, value: label ?? '', ...(label === undefined ? {} : { label }) }
    }
    const keys = caller.press(rules)
    return keys === '' ? undefined : { input: keys, value: keys, ...judge(keys) }
  }
}

/** Prepares the judgement of an entry: the branch that it is for; none where it is a no-match. */
export function createKeyJudge(
  { digits, minDigits = 1 }: GatherSpec,
  { branches }: FlowNode,
  otherKeys: string | undefined,
): (keys: string) => { label?: string } {
  const other = otherKeys !== undefined && branches.has(otherKeys) ? { label: otherKeys } : {}
  return (keys) => {
    const isAccepted = keys.length >= minDigits && (digits === undefined || [...keys].every((key) => digits.includes(key)))
    if (!isAccepted) return {}
    return branches.has(keys) ? { label: keys } : other
  }
}

/** How the node listens for keys. */
export function keyRules(spec: GatherSpec, node: FlowNode): KeyRules {
  const { terminator, timeout = USUAL_TIMEOUT, interDigitTimeout = USUAL_INTER_DIGIT_TIMEOUT } = spec
  return {
    maxDigits: maxDigitsOf(spec),
    ...(terminator === undefined ? {} : { terminator }),
    terminatorIsChoice: terminator !== undefined && node.branches.has(terminator),
    timeoutMs: parseDuration(timeout) ?? 0,
    interDigitTimeoutMs: parseDuration(interDigitTimeout) ?? 0,
  }
}

function maxDigitsOf({ maxDigits, branches = {} }: GatherSpec): number {
  const keyLabels = Object.keys(branches).filter((label) => KEYS.test(label))
  return maxDigits ?? Math.max(1, ...keyLabels.map((label) => label.length))
}
