import { logFactorial } from './distributions.ts'

/** What differs from the observed probability by no more than this, relatively, counts as equal: sums of logarithms are not exact. */
const TOLERANCE = 1e-7

/** How probable each way is in which `n` calls can fall into classes of these probabilities, all above 0. */
export class Multinomial {
  readonly n: number
  readonly probabilities: readonly number[]
  readonly #logProbabilities: readonly number[]
  readonly #logFactorials: Float64Array

  constructor(n: number, probabilities: readonly number[]) {
    this.n = n
    this.probabilities = probabilities
    this.#logProbabilities = probabilities.map(Math.log)
    this.#logFactorials = Float64Array.from({ length: n + 1 }, (_, count) => logFactorial(count))
  }

  /** ln P(counts); `counts` sum to n. */
  logProbability(counts: readonly number[]): number {
    return counts.reduce((sum, count, index) => sum + this.logTerm(index, count), this.#logFactorials[this.n] ?? 0)
  }

  /** What `count` calls of a class add to ln P, apart from ln n!. */
  logTerm(index: number, count: number): number {
    return count * (this.#logProbabilities[index] ?? 0) - (this.#logFactorials[count] ?? 0)
  }

  /** The largest ln P that counts as no more probable than `counts`. */
  threshold(counts: readonly number[]): number {
    return this.logProbability(counts) + TOLERANCE
  }

  /** In how many ways the calls can fall: n + k − 1 over k − 1; Infinity past 2^53. */
  get ways(): number {
    const further = this.probabilities.length - 1
    let ways = 1
    for (let index = 1; index <= further; index += 1) ways = (ways * (this.n + index)) / index
    return ways > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : Math.round(ways)
  }
}
