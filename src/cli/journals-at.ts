import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FaultError } from '../model/fault.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/**
 * The journals that a path stands for: itself, or what a folder holds of them (`*.jsonl`, also in folders below), in the order of their
 * names. Throws a `FaultError` where there is none.
 */
export function journalsAt(path: string, world: World): string[] {
  const absolute = pathFor(world, path)
  const stats = statSync(absolute, { throwIfNoEntry: false })
  if (stats && !stats.isDirectory()) return [path]
  const names = stats ? readdirSync(absolute, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl')) : []
  if (names.length === 0) throw new FaultError([noJournal(path)])
  return names.sort().map((name) => join(path, name))
}

/** What is told where nothing of a run can be found. */
export function noJournal(path: string) {
  return {
    code: 'NO_JOURNAL',
    message: `there is no journal of a run in ${JSON.stringify(path)}`,
    expected: 'a journal (journal.jsonl), or a folder with journals in it',
    advice: 'every run writes one into its output folder; keep them, e.g. as an artifact of each night',
  }
}
