import { chiSquareUpperTail, logFactorial } from './distributions.ts'

/** How often a deviation that is there has to be noticed. */
export const POWER = 0.9

/** Terms of a series that are smaller add nothing. */
const NEGLIGIBLE = 1e-12

const STEPS_OF_BISECTION = 60

/**
 * How many calls the chi-square test takes to notice, with a probability of 90 %, that `shift` of all calls (0…1) end in another class
 * than they should; the pair of classes is the one where that is hardest. `probabilities` are all above 0 and sum to 1. Where there is only
 * one class, any call that ends elsewhere is noticed.
 */
export function callsToDetect(shift: number, probabilities: readonly number[], alpha: number): number {
  const degreesOfFreedom = probabilities.length - 1
  if (degreesOfFreedom === 0) return callsToSee(shift)
  const [first = 1, second = 1] = probabilities.toSorted((one, other) => other - one)
  const moved = Math.min(shift, first)
  const effect = moved ** 2 * (1 / first + 1 / second)
  return Math.ceil(noncentralityFor(degreesOfFreedom, alpha) / effect)
}

/** How many calls show with a probability of 90 % at least one of those that are so many of all calls. */
function callsToSee(share: number): number {
  return Math.max(1, Math.ceil(Math.log(1 - POWER) / Math.log(1 - share)))
}

/** The noncentrality with which a chi-square test at `alpha` has a power of 90 %. */
export function noncentralityFor(degreesOfFreedom: number, alpha: number, power = POWER): number {
  const critical = bisect(1e6, (x) => chiSquareUpperTail(x, degreesOfFreedom) <= alpha)
  return bisect(1e6, (noncentrality) => noncentralUpperTail(critical, degreesOfFreedom, noncentrality) >= power)
}

/** P(X ≥ x) for a noncentral chi-square X: chi-square tails, weighed by the probabilities of Poisson (Johnson, Kotz and Balakrishnan, 29.5). */
function noncentralUpperTail(x: number, degreesOfFreedom: number, noncentrality: number): number {
  const mean = noncentrality / 2
  let sum = 0
  for (let index = 0; ; index += 1) {
    const weight = Math.exp(index * Math.log(mean) - mean - logFactorial(index))
    sum += weight * chiSquareUpperTail(x, degreesOfFreedom + 2 * index)
    if (index > mean && weight < NEGLIGIBLE) return sum
  }
}

/** The least number from 0 to `high` for which `holds`, where it holds for all larger ones. */
function bisect(high: number, holds: (x: number) => boolean): number {
  let [below, above] = [0, 1]
  while (above < high && !holds(above)) above *= 2
  for (let step = 0; step < STEPS_OF_BISECTION; step += 1) {
    const middle = (below + above) / 2
    if (holds(middle)) above = middle
    else below = middle
  }
  return above
}
