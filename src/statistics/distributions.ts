import { chdtrc, compiled, incbet, incbi, lgam, ndtr, ndtri } from 'cephes'

await compiled

/** P(X ≥ x) for a chi-square distributed X. */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  return x <= 0 ? 1 : chdtrc(degreesOfFreedom, x)
}

/** P(Z ≥ z) for a standard normal Z; accurate in the tail. */
export function normalUpperTail(z: number): number {
  return ndtr(-z)
}

/** The z below which a standard normal variable lies with probability `p`, 0 < p < 1. */
export function normalQuantile(p: number): number {
  return ndtri(p)
}

/** P(X ≥ count) for the number X of successes in `n` tries with probability `p` each. */
export function binomialUpperTail(count: number, n: number, p: number): number {
  if (count <= 0) return 1
  if (count > n || p <= 0) return 0
  return p >= 1 ? 1 : incbet(count, n - count + 1, p)
}

/** The x below which a variable of the distribution Beta(a, b) lies with probability `p`; a, b > 0. */
export function betaQuantile(p: number, a: number, b: number): number {
  return incbi(a, b, p)
}

/** ln n! */
export function logFactorial(n: number): number {
  return lgam(n + 1)
}
