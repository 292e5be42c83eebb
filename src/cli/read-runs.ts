import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '../journal/read-journal.ts'
import { FaultError } from '../model/fault.ts'
import { inOrderOfTime } from '../regression/history.ts'
import type { RunRecord } from '../regression/run-record.ts'
import { RunRecorder } from '../regression/run-recorder.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/**
 * The records of the runs that a path stands for: a journal, or a folder with journals (`*.jsonl`, also in folders below), in the order of
 * their time. Rejects with a `FaultError` where there is none, or one cannot be read.
 */
export async function readRuns(path: string, world: World): Promise<RunRecord[]> {
  const found = journalsAt(path, world)
  const records: RunRecord[] = []
  for (const journal of found) {
    const recorder = new RunRecorder(journal)
    for await (const event of readJournal(pathFor(world, journal))) recorder.on(event)
    const record = recorder.record()
    if (record) records.push(record)
  }
  if (records.length === 0) throw new FaultError([noJournal(path)])
  return inOrderOfTime(records)
}

function journalsAt(path: string, world: World): string[] {
  const absolute = pathFor(world, path)
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(path, name))
}

function noJournal(path: string) {
  return {
    code: 'NO_JOURNAL',
    message: `there is no journal of a run in ${JSON.stringify(path)}`,
    expected: 'a journal (journal.jsonl), or a folder with journals in it',
    advice: 'every run writes one into its output folder; keep them, e.g. as an artifact of each night',
  }
}
