import { printable } from '../../model/printable.ts'
import type { Colours } from '../colours.ts'
import type { Totals } from '../run-report.ts'
import { cutText, showDuration } from '../show.ts'
import { countWords } from './marks.ts'

const BAR_WIDTH = 24

/** How far a run is. */
export interface Progress {
  /** Scenarios that are known of so far; files may still be read. */
  readonly planned: number
  readonly totals: Totals
  readonly elapsedMs: number
  /** Names of the scenarios that run now. */
  readonly running: Iterable<string>
}

/**
 * Two lines that show how far a run is, none wider than `columns`:
 *
 * ```text
 * ━━━━━━━━━━━━──────────── 16 of 32  15 passed, 1 failed  3.2 s
 * running: key 1 reaches the sales queue, a caller who never answers is let go
 * ```
 */
export function progressLines({ planned, totals, elapsedMs, running }: Progress, columns: number, colours: Colours): string {
  const filled = planned === 0 ? 0 : Math.round((BAR_WIDTH * totals.scenarios) / planned)
  const bar = `${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)}`
  const facts = [`${totals.scenarios} of ${planned}`, countWords(totals), showDuration(elapsedMs)].filter((fact) => fact !== '').join('  ')
  const room = columns - 1
  const names = printable([...running].join(', '))
  const paint = totals.failed + totals.errored > 0 ? colours.red : colours.green
  const first = room > BAR_WIDTH ? `${paint(bar)} ${cutText(facts, room - BAR_WIDTH - 1)}` : cutText(facts, room)
  return names === '' ? first : `${first}\n${colours.dim(cutText(`running: ${names}`, room))}`
}
