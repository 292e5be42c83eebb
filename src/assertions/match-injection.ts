import type { Evidence, EvidenceClass, Verdict } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import { seededRandom } from '../model/seeded-random.ts'
import { formatShare } from '../model/share.ts'
import type { InjectedClass, Injection, SimulatedCalls, SimulationObservation } from '../model/simulation.ts'
import { callsToDetect, POWER } from '../statistics/calls-to-detect.ts'
import { type GoodnessOfFit, goodnessOfFit } from '../statistics/goodness-of-fit.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { allOf, type Judgement } from './expectation.ts'
import { isFault, sharesOf, USUAL_ALPHA, USUAL_CONFIDENCE } from './expected-share.ts'
import { type Ruling, ruled, TOO_FEW_CALLS } from './ruling.ts'
import { formatP } from './share-at-most.ts'
import { counted, listed, show } from './show.ts'
import { judgeCalls, lostCalls } from './shown-calls.ts'

/** A shift of so many calls to another outcome has to be noticed, or the calls were too few to say anything. */
const USUAL_SHIFT = 0.3

/** So many outcomes that were not injected are told; a target may send any number of names. */
const MOST_TOLD = 10

const CLAIM = 'the outcomes are as injected'

/**
 * Expects that calls end in the shares that were injected, what the probabilities leave over included. `true`, or `{ alpha, detect }`:
 * unmet where p is below alpha; inconclusive where a shift of `detect` of all calls to another outcome would not even be noticed nine times
 * in ten. An outcome that is not injected at all must not occur.
 */
export function matchInjection(expected: Json, observation: SimulationObservation): Judgement {
  const shares = sharesOf(expected, { alpha: USUAL_ALPHA, detect: USUAL_SHIFT })
  if (isFault(shares)) return shares
  const { alpha = USUAL_ALPHA, detect = USUAL_SHIFT } = shares
  const { injected } = observation
  if (expected === false) return allOf([])
  if (!injected.enabled) return nothingInjected(expected)
  return judgeCalls(observation, CLAIM, expected, (calls) => compare(calls, { alpha, detect }, observation))
}

/** Nothing was asked for with which outcomes could be compared: a mistake in the scenario, whatever the calls do. */
function nothingInjected(expected: Json): Judgement {
  return {
    findings: [
      {
        code: 'NOTHING_INJECTED',
        message: 'outcomes cannot match an injection, since the simulation injects none',
        expected,
        advice: 'set outcomeInjection.enabled to true, or expect shares of outcomes instead',
      },
    ],
    evidence: [],
  }
}

interface Limits {
  readonly alpha: number
  readonly detect: number
}

function compare(calls: SimulatedCalls, limits: Limits, observation: SimulationObservation): Judgement {
  const sorted = sortCalls(calls, observation.injected)
  const { counts, probabilities, impossible, n } = sorted
  const fit = impossible.length === 0 && n > 0 ? goodnessOfFit(counts, probabilities, seededRandom(observation.seed)) : undefined
  const needed = callsToDetect(limits.detect, probabilities, limits.alpha)
  const verdict = verdictOf(impossible.length > 0, fit, n < needed, limits.alpha)
  const evidence: Evidence = {
    claim: CLAIM,
    verdict,
    n,
    ...figuresOf(fit),
    ...(impossible.length > 0 ? { p: 0 } : {}),
    alpha: limits.alpha,
    ...(verdict === 'inconclusive' ? { callsNeeded: needed } : {}),
    ...lostCalls(observation),
    ...classesOf(sorted),
  }
  return ruled(evidence, () => rulingOf(evidence, impossible, fit, { ...limits, needed }))
}

/** Calls by what was injected: `counts` of the outcomes that may occur, each with its probability, and what must not occur but did. */
interface SortedCalls {
  readonly n: number
  readonly names: readonly string[]
  readonly counts: readonly number[]
  readonly probabilities: readonly number[]
  readonly impossible: readonly (readonly [string, number])[]
}

function sortCalls({ outcomes }: SimulatedCalls, { classes }: Injection): SortedCalls {
  const possible = classes.filter(({ probability }) => probability > 0)
  const names: readonly string[] = possible.map(({ outcome }) => outcome)
  return {
    n: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
    names,
    counts: names.map((name) => outcomes[name] ?? 0),
    probabilities: normalized(possible),
    impossible: Object.entries(outcomes).filter(([name, count]) => count > 0 && !names.includes(name)),
  }
}

function figuresOf(fit: GoodnessOfFit | undefined): Pick<Evidence, 'method' | 'statistic' | 'degreesOfFreedom' | 'p' | 'samples'> {
  return fit ?? { method: 'comparison' }
}

function classesOf({ n, names, counts, probabilities, impossible }: SortedCalls) {
  const classes = [
    ...names.map((name, index) => classOf(name, counts[index] ?? 0, n, probabilities[index])),
    ...impossible.slice(0, MOST_TOLD).map(([name, count]) => classOf(name, count, n, 0)),
  ]
  return {
    observed: Object.fromEntries(classes.map(({ name, count }) => [name, count])),
    expected: Object.fromEntries(classes.map(({ name, expectedShare = 0 }) => [name, expectedShare])),
    classes,
  }
}

/** So that the numbers sum to 1 as the decimals that they stand for do. */
function normalized(classes: readonly InjectedClass[]): readonly number[] {
  const sum = classes.reduce((total, { probability }) => total + probability, 0)
  return classes.map(({ probability }) => probability / sum)
}

function verdictOf(hasImpossible: boolean, fit: GoodnessOfFit | undefined, hasTooFew: boolean, alpha: number): Verdict {
  if (hasImpossible || (fit && fit.p < alpha)) return 'unmet'
  return hasTooFew || !fit ? 'inconclusive' : 'met'
}

function classOf(name: string, count: number, n: number, expectedShare = 0): EvidenceClass {
  const interval = wilsonInterval(count, n, USUAL_CONFIDENCE)
  return { name, count, share: n === 0 ? 0 : count / n, interval, expectedCount: n * expectedShare, expectedShare }
}

function rulingOf(
  { verdict, n }: Evidence,
  impossible: readonly (readonly [string, number])[],
  fit: GoodnessOfFit | undefined,
  { alpha, detect, needed }: Limits & { readonly needed: number },
): Ruling {
  if (impossible.length > 0) {
    const names = impossible.slice(0, MOST_TOLD).map(([name, count]) => `${show(name)} (${counted(count, 'call')})`)
    const more = impossible.length > MOST_TOLD ? [`${impossible.length - MOST_TOLD} more`] : []
    return { code: 'OUTCOME_NOT_INJECTED', message: `${listed([...names, ...more], 'and')} occurred, and the injected probability is 0` }
  }
  if (verdict === 'unmet' && fit) {
    return {
      code: 'OUTCOMES_DIFFER',
      message: `the outcomes of ${counted(n, 'call')} are not as injected: p ${formatP(fit.p)} is below alpha ${alpha}`,
    }
  }
  const noticed = `a shift of ${formatShare(detect)} of the calls to another outcome would be noticed with a probability of ${formatShare(POWER)}`
  return {
    code: TOO_FEW_CALLS,
    message: `${counted(n, 'call')} are not enough to say whether ${CLAIM}`,
    advice: `with ${counted(needed, 'call')}, ${noticed}`,
  }
}
