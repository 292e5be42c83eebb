import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { leftOfOne } from './left-of-one.ts'
import type { Pointer } from './place.ts'

/** What is configured about the simulations of an organization, as far as it decides whether one can be asked for. */
export interface SimulationRules {
  /** The largest `concurrencyLimit`. */
  readonly maxConcurrency: number
  /** Addresses that may stand as `webhookUrl`, letter by letter. */
  readonly webhookUrls: readonly string[]
}

/** Something that keeps a simulation from being started. The sentence is the same whether we see it or the target does. */
export interface SimulationFault {
  readonly code: 'INVALID_SIMULATION'
  readonly message: string
  readonly expected: string
  readonly advice?: string
  /** The value at fault, from the input of the step. */
  readonly at: Pointer
}

/** The probabilities that a scenario may state; what they leave over goes to voicemail. */
export const PROBABILITIES = ['dialToneProbability', 'busySignalProbability', 'noAnswerProbability', 'answerProbability'] as const

/** A UUID in its 36 characters, in whatever case. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

interface Check {
  readonly at: Pointer
  readonly holds: (value: Json | undefined, rules: SimulationRules) => boolean
  /** What would be right, as the end of a sentence. Without rules: in words that hold for every organization. */
  readonly expected: (rules?: SimulationRules) => string
  /** How the value is named and shown; its name and itself where nothing is said. */
  readonly shown?: (value: Json | undefined) => string
  readonly advice?: string
}

const CHECKS: readonly Check[] = [
  {
    at: ['campaignId'],
    holds: (value) => typeof value === 'string' && UUID.test(value),
    expected: () => 'a UUID of 36 characters',
    advice: 'look the campaign up on the platform: its id looks like a1b2c3d4-e5f6-7890-abcd-ef1234567890',
  },
  {
    at: ['virtualAgentMatrix'],
    holds: (value) => isJsonObject(value) && (isName(value['flowId']) || isName(value['scriptId'])),
    shown: () => 'virtualAgentMatrix names neither a flow nor a script',
    expected: () => 'flowId or scriptId, of whoever takes the calls',
  },
  ...PROBABILITIES.map(
    (name): Check => ({
      at: ['outcomeInjection', name],
      holds: (value) => value === undefined || isShare(value),
      expected: () => 'a share within 0 and 1',
    }),
  ),
  {
    at: ['outcomeInjection'],
    holds: (value) => leftOfOne(probabilitiesOf(value)) >= 0,
    shown: (value) => `the probabilities of outcomeInjection sum to ${sumOf(probabilitiesOf(value))}`,
    expected: () => 'a sum of at most 1',
    advice: 'what the four leave over goes to voicemail, which needs no probability of its own',
  },
  {
    at: ['concurrencyLimit'],
    holds: (value, { maxConcurrency }) => isCount(value) && value <= maxConcurrency,
    expected: (rules) =>
      `a whole number from 1 to ${rules && Number.isFinite(rules.maxConcurrency) ? `${rules.maxConcurrency}, ` : ''}the organization's maximum`,
    advice: 'where the organization allows another number, set simulations.maxConcurrency in the configuration',
  },
  { at: ['maxCalls'], holds: isCount, expected: () => 'a whole number from 1' },
  {
    at: ['complianceBypass'],
    holds: (value) => value === true,
    expected: () => 'true',
    advice: 'a simulation dials nobody and goes past the rules for real calls; a scenario has to say that it means that',
  },
  {
    at: ['webhookUrl'],
    holds: (value, { webhookUrls }) => value === undefined || (typeof value === 'string' && webhookUrls.includes(value)),
    expected: (rules) =>
      rules && rules.webhookUrls.length > 0 ? rules.webhookUrls.join(', ') : 'an address that the configuration allows',
    advice: 'to receive the events here, write callEvents: true; to let them go elsewhere, name the address under simulations.webhookUrls',
  },
]

/** Everything that keeps a simulation from being started with this input, in the order of the API's fields. */
export function checkSimulation(input: JsonObject, rules: SimulationRules): SimulationFault[] {
  const faulty = CHECKS.filter(({ at, holds }) => !holds(valueAt(input, at), rules))
  return faulty.map((check) => faultOf(check, input, rules))
}

/** The fault that a target has found at a field of the request (`virtualAgentMatrix/flowId`); `undefined` for a field that we do not check. */
export function faultOfField(field: string, input: JsonObject): SimulationFault | undefined {
  const [first, second] = field.split('/')
  const check =
    CHECKS.find(({ at }) => at[0] === first && at[1] === second && second !== undefined) ??
    CHECKS.find(({ at }) => at[0] === first && at.length === 1)
  return check && faultOf(check, input)
}

function faultOf({ at, expected, shown, advice }: Check, input: JsonObject, rules?: SimulationRules): SimulationFault {
  const value = valueAt(input, at)
  const name = at.join('.')
  const what = shown?.(value) ?? (value === undefined ? `${name} is missing` : `${name} is ${JSON.stringify(value)}`)
  const right = expected(rules)
  return { code: 'INVALID_SIMULATION', message: what, expected: right, ...(advice !== undefined && { advice }), at }
}

function valueAt(input: JsonObject, at: Pointer): Json | undefined {
  let value: Json | undefined = input
  for (const key of at) value = isJsonObject(value) ? value[key] : undefined
  return value
}

function isShare(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1
}

/** Those that are shares at all: what is wrong with another one is told of itself. */
function probabilitiesOf(injection: Json | undefined): number[] {
  if (!isJsonObject(injection)) return []
  return PROBABILITIES.map((name) => injection[name]).filter(isShare)
}

function sumOf(shares: readonly number[]): number {
  return -leftOfOne([...shares, 1])
}

function isName(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== ''
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}
