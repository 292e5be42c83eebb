import type { Json } from '../model/json.ts'
import type { CallerAct, Demands, KeysAct } from './demands.ts'
import type { FlowNode } from './flow.ts'
import { choicesOf, createKeyJudge, type GatherSpec, KEYS, keyRules } from './gather.ts'
import { normalizeSpeech } from './speech.ts'
import { toNumber, toText } from './variables.ts'

const ALL_KEYS = '1234567890*#ABCD'

/** What the branches of a node that asks depend on: what the caller enters, and nothing else. */
export function gatherDemands(spec: GatherSpec, node: FlowNode, otherKeys?: string): Demands {
  const label = createKeyJudge(spec, node, otherKeys)
  const known = choicesOf(spec)
  return {
    ...(spec.variable === undefined ? {} : { values: known.map((value) => ({ path: spec.variable ?? '', value, by: 'same' as const })) }),
    acts(wanted, prefers) {
      const entries = [
        ...known.filter((choice) => KEYS.test(choice)),
        ...wanted.flatMap((value) => spellings(value, spec)),
        ...samples(spec),
      ]
      const presses = [...new Set(entries)].flatMap((entry) => press(entry, spec, node))
      const pressed = onePerMeaning(presses, (entry) => ({ ...label(entry), isWanted: isOneOf(entry, wanted) }))
      const spoken = known.filter((choice) => prefers === 'speech' || !KEYS.test(choice)).flatMap((choice) => say(choice, spec))
      const said = new Set(spoken.map(({ label }) => label))
      const kept = pressed.filter(({ entry }) => !said.has(label(entry).label ?? ''))
      return [...kept, ...spoken].map(({ act }): CallerAct => act).concat({ kind: 'silence', pauseMs: keyRules(spec, node).timeoutMs })
    },
  }
}

/** An entry, and how the caller makes it. */
interface Press {
  readonly entry: string
  readonly act: KeysAct
}

/** The entry as an act, where the node takes all of its keys. */
function press(entry: string, spec: GatherSpec, node: FlowNode): Press[] {
  const { maxDigits, terminator, terminatorIsChoice, interDigitTimeoutMs } = keyRules(spec, node)
  const isChoice = entry === terminator && terminatorIsChoice
  if (entry.length > maxDigits || !KEYS.test(entry)) return []
  if (terminator !== undefined && !isChoice && entry.includes(terminator)) return []
  if (entry.length === maxDigits) {
    return [{ entry, act: { kind: 'keys', keys: entry, ...(terminator === undefined ? {} : { swallows: terminator }) } }]
  }
  const isEnded = terminator !== undefined
  return [
    { entry, act: isEnded ? { kind: 'keys', keys: entry + terminator } : { kind: 'keys', keys: entry, pauseMs: interDigitTimeoutMs } },
  ]
}

/** Of entries that lead along the same branch and that nothing tells apart, the shortest; the first of equally short ones. */
function onePerMeaning(
  presses: readonly Press[],
  meaningOf: (entry: string) => { readonly label?: string; readonly isWanted: boolean },
): readonly Press[] {
  const best = new Map<string, Press>()
  for (const press of presses) {
    const { label, isWanted } = meaningOf(press.entry)
    const meaning = isWanted ? `entry ${press.entry}` : `branch ${label}`
    const known = best.get(meaning)
    if (!known || press.act.keys.length < known.act.keys.length) best.set(meaning, press)
  }
  return [...best.values()]
}

function isOneOf(keys: string, wanted: readonly Json[]): boolean {
  return wanted.some((value) => toText(value) === keys)
}

/** A value as keys: as it is, and a number also with zeros in front where the entry is too short. */
function spellings(value: Json, { minDigits = 1 }: GatherSpec): string[] {
  const text = toText(value)
  const isNumber = toNumber(value) !== undefined
  return isNumber && text.length < minDigits ? [text, text.padStart(minDigits, '0')] : [text]
}

/** Entries of every length that may matter, made of the keys that are accepted and of some that are not. */
function samples({ digits = ALL_KEYS, minDigits = 1 }: GatherSpec): string[] {
  const refused = [...ALL_KEYS].filter((key) => !digits.includes(key)).slice(0, 1)
  const accepted = [...ALL_KEYS].filter((key) => digits.includes(key))
  const lengths = [...new Set([minDigits, 1])]
  return [...accepted, ...refused].flatMap((key) => lengths.map((length) => key.repeat(length)))
}

/** The first phrase of a choice that is heard as that choice. */
function say(choice: string, { speech = {} }: GatherSpec): { label: string; act: CallerAct }[] {
  const [phrase] = (Object.hasOwn(speech, choice) ? (speech[choice] ?? []) : []).filter((text) => normalizeSpeech(text) !== '')
  return phrase === undefined ? [] : [{ label: choice, act: { kind: 'speech', utterance: phrase } }]
}
