import { readJournal } from '../journal/read-journal.ts'
import { FaultError } from '../model/fault.ts'
import { inOrderOfTime } from '../regression/history.ts'
import type { RunRecord } from '../regression/run-record.ts'
import { RunRecorder } from '../regression/run-recorder.ts'
import { journalsAt, noJournal } from './journals-at.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/**
 * The records of the runs whose journals a path stands for, in the order of their time. Rejects with a `FaultError` where there is none, or
 * one cannot be read.
 */
export async function readRuns(path: string, world: World): Promise<RunRecord[]> {
  const records: RunRecord[] = []
  for (const journal of journalsAt(path, world)) {
    const recorder = new RunRecorder(journal)
    for await (const event of readJournal(pathFor(world, journal))) recorder.on(event)
    const record = recorder.record()
    if (record) records.push(record)
  }
  if (records.length === 0) throw new FaultError([noJournal(path)])
  return inOrderOfTime(records)
}
