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

/** Milliseconds as authors write them, in the largest unit below two of the next: `350ms`, `1.5s`, `90s`, `5m`. Rounded to what matters. */
export function formatDuration(ms: number): string {
  if (ms < UNIT_MS.s) return `${Math.round(ms)}ms`
  if (ms < 2 * UNIT_MS.m) return `${Math.round(ms / 100) / 10}s`
  if (ms < 2 * UNIT_MS.h) return `${Math.round(ms / UNIT_MS.s / 6) / 10}m`
  return `${Math.round(ms / UNIT_MS.m / 6) / 10}h`
}
