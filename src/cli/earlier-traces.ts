import { readJournal } from '../journal/read-journal.ts'
import { holdsMask } from '../model/mask.ts'
import { isTrace, type Trace } from '../model/trace.ts'
import type { EarlierTraces } from './affected-scenarios.ts'
import { journalsAt } from './journals-at.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/**
 * The calls of scenarios by a journal, or by those of a folder: of each scenario those of its last try on record. Scenarios with a call
 * from which a secret was taken are left out, since it would differ from any other. Rejects with a `FaultError` for what cannot be read.
 */
export async function earlierTraces(path: string, world: World): Promise<EarlierTraces> {
  const found = new Map<string, Trace[]>()
  for (const journal of journalsAt(path, world)) {
    const ofRun = new Map<string, { readonly number: number; readonly traces: Trace[] }>()
    for await (const event of readJournal(pathFor(world, journal))) {
      if (event.type !== 'step-finished' || !isTrace(event.observation)) continue
      const known = ofRun.get(event.scenario)
      const ofTry = known?.number === event.try ? known : { number: event.try, traces: [] }
      ofTry.traces.push(event.observation)
      ofRun.set(event.scenario, ofTry)
    }
    for (const [scenario, { traces }] of ofRun) found.set(scenario, traces)
  }
  return new Map([...found].filter(([, traces]) => !traces.some((trace) => holdsMask([trace.visits, trace.variables]))))
}
