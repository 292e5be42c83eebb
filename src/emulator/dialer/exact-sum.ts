/**
 * What is left of 1 when the shares are taken away, in decimal terms: each share is meant as it is written, so that of 0.7, 0.2 and 0.1
 * nothing is left, although their binary sum is not 1. Negative where they come to more than 1.
 */
export function leftOfOne(shares: readonly number[]): number {
  const decimals = shares.map(toDecimal)
  const scale = Math.max(0, ...decimals.map(({ exponent }) => -exponent))
  const taken = decimals.reduce((sum, { digits, exponent }) => sum + digits * 10n ** BigInt(scale + exponent), 0n)
  const left = 10n ** BigInt(scale) - taken
  return Number(`${left}e-${scale}`)
}

/** `digits × 10^exponent`, as the shortest text of the number says it. */
function toDecimal(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}
