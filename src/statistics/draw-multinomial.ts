import { logFactorial } from './distributions.ts'

/** Draws how `n` calls fall into classes of these probabilities, which sum to 1. `random` is even in [0, 1). */
export function drawMultinomial(n: number, probabilities: readonly number[], random: () => number): number[] {
  let left = n
  let rest = 1
  return probabilities.map((probability, index) => {
    const isLast = index === probabilities.length - 1
    const count = isLast || left === 0 ? left : drawBinomial(left, Math.min(1, probability / rest), random())
    left -= count
    rest -= probability
    return count
  })
}

/**
 * The number of successes in `n` tries for one even random number, by inversion. It starts at the most probable number and goes outwards
 * on both sides, so it takes as many steps as the standard deviation has units, also for large n.
 */
export function drawBinomial(n: number, p: number, random: number): number {
  if (p <= 0) return 0
  if (p >= 1) return n
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  const peak = Math.exp(logFactorial(n) - logFactorial(mode) - logFactorial(n - mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p))
  let left = random - peak
  let [down, up, downProbability, upProbability] = [mode, mode, peak, peak]
  while (left >= 0 && (down > 0 || up < n)) {
    if (up < n) {
      upProbability *= ((n - up) / (up + 1)) * odds
      up += 1
      left -= upProbability
      if (left < 0) return up
    }
    if (down > 0) {
      downProbability *= down / ((n - down + 1) * odds)
      down -= 1
      left -= downProbability
      if (left < 0) return down
    }
  }
  return mode
}
