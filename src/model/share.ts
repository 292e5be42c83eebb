const PERCENTAGE = /^(\d{1,3}(?:\.\d+)?)%$/

/** The share (0…1) that an author writes as `0.03` or `3%`; `undefined` for everything else. */
export function parseShare(written: unknown): number | undefined {
  const share = typeof written === 'string' ? Number(PERCENTAGE.exec(written)?.[1]) / 100 : written
  return typeof share === 'number' && share >= 0 && share <= 1 ? share : undefined
}

/** As authors write it: `3%`, `2.99%`; small shares keep two significant digits: `0.0042%`. */
export function formatShare(share: number): string {
  const percent = share * 100
  return `${Number(percent >= 1 ? percent.toFixed(2) : percent.toPrecision(2))}%`
}
