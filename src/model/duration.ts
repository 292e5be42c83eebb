const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/

/**
 * Milliseconds of a duration as authors write it: a number, with or without decimals, and a unit directly behind it
 * (`500ms`, `1.5s`, `5m`, `1h`). `undefined` for everything else, also for one that is not finite.
 */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? []
  if (amount === undefined || unit === undefined) return undefined
  const ms = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]
  return Number.isFinite(ms) ? Math.round(ms * 1_000) / 1_000 : undefined
}
