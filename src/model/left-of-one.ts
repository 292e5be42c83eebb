/**
 * What is left of 1 when `shares` are taken away, in decimal terms: each counts as it is written, so that of 0.1, 0.2 and 0.7 exactly
 * nothing is left, although their binary sum is not 1. Negative where they come to more. The shares must be finite.
 */
export function leftOfOne(shares: readonly number[]): number {
  const decimals = shares.map(decimalOf)
  const places = Math.max(0, ...decimals.map((decimal) => decimal.places))
  const one = 10n ** BigInt(places)
  const taken = decimals.reduce((sum, { digits, places: own }) => sum + digits * 10n ** BigInt(places - own), 0n)
  return Number(`${one - taken}e-${places}`)
}

interface Decimal {
  readonly digits: bigint
  /** So many of the digits stand behind the point; negative for zeros in front of it. */
  readonly places: number
}

/** The shortest text that means the number is what its author wrote, up to zeros at the end. */
function decimalOf(value: number): Decimal {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return { digits: BigInt(`${sign}${whole}${fraction}`), places: fraction.length - Number(exponent) }
}
