/** Milliseconds as seconds for a message: `0.35 s`, `12.3 s`, `3000000 s`. */
export function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(ms < 1000 ? 2 : 1))} s`
}
