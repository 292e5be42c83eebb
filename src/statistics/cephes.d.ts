/** The functions of the Cephes library that this room uses: what the package declares itself cannot be found through its exports. */
declare module 'cephes' {
  /** Resolves once the functions may be called. */
  export const compiled: Promise<void>
  /** Upper tail of the chi-square distribution with `df` degrees of freedom. */
  export function chdtrc(df: number, x: number): number
  /** Regularized incomplete beta function: the distribution function of Beta(a, b). */
  export function incbet(a: number, b: number, x: number): number
  /** Inverse of {@link incbet} in `x`. */
  export function incbi(a: number, b: number, p: number): number
  /** Distribution function of the standard normal distribution. */
  export function ndtr(z: number): number
  /** Inverse of {@link ndtr}. */
  export function ndtri(p: number): number
  /** Natural logarithm of the gamma function. */
  export function lgam(x: number): number
}
