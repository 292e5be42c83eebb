import type { Settings } from '../config/settings.ts'
import { seenFromFile } from '../flow/coverage/edition.ts'
import { loadLibrary } from '../flow/load-library.ts'
import { readJournal } from '../journal/read-journal.ts'
import { FaultError } from '../model/fault.ts'
import type { Coverage } from '../report/coverage/coverage.ts'
import { CoverageCollector } from '../report/coverage/coverage-collector.ts'
import { journalsAt, noJournal } from './journals-at.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/** The coverage of the runs whose journals some paths stand for. Rejects with a `FaultError` where there is none, or one cannot be read. */
export async function coverageOfJournals(paths: readonly string[], settings: Settings, world: World): Promise<Coverage> {
  const { flows } = loadLibrary(settings.flows, world.cwd)
  const collector = new CoverageCollector((flowId) => {
    const flow = flows.get(flowId)
    return flow && seenFromFile(flow, (value) => world.secrets.maskJson(value))
  })
  const journals = new Set(paths.flatMap((path) => journalsAt(path, world)))
  for (const journal of journals) {
    let isEmpty = true
    for await (const event of readJournal(pathFor(world, journal))) {
      isEmpty = false
      collector.on(event)
    }
    if (isEmpty) throw new FaultError([noJournal(journal)])
  }
  return collector.coverage()
}
