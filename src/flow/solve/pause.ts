import type { CallerAct } from '../demands.ts'

/** A pause as `dtmf` writes it, at least as long: a comma is two seconds, `w` is half a second. */
export function pauseOf(pauseMs: number): string {
  const commas = Math.floor(pauseMs / 2_000)
  return ','.repeat(commas) + 'w'.repeat(Math.ceil((pauseMs - commas * 2_000) / 500))
}

/** How much an act adds to the keys if others follow it. */
export function writtenLength(act: CallerAct | undefined): number {
  if (act === undefined || act.kind === 'speech') return 0
  return (act.kind === 'keys' ? act.keys.length : 0) + pauseOf(act.pauseMs ?? 0).length
}
