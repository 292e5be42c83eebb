import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Reporter } from '../../model/reporter.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { ScenarioReport } from '../run-report.ts'
import { writeReport } from '../write-report.ts'
import { Attachments } from './attachments.ts'
import { dialectOf } from './dialect.ts'
import { scenarioCase } from './junit-case.ts'
import { junitParts } from './junit-parts.ts'
import { junitXml } from './junit-xml.ts'
import { type KeptCase, toJunit } from './to-junit.ts'

/** What the whole is called where its option does not say. */
const NAME = 'cxspec'

/**
 * JUnit XML: one suite for each scenario file, one case for each scenario or example row. It is green only where the run is: an exit code
 * that no case explains gets a case of its own. A report that is too large for its readers goes on in `junit.part2.xml` and so on.
 * Options: `name`, what the whole is called, instead of `cxspec`; `dialect`, see {@link dialectOf}. Throws a `FaultError` for another dialect.
 */
export function junit({ options, file, pathFromRepository }: ReportRequest): Reporter {
  const dialect = dialectOf(options['dialect'])
  const name = typeof options['name'] === 'string' ? options['name'] : NAME
  const attachments = new Attachments(file, pathFromRepository)
  const collector = new RunCollector<KeptCase>({ keep: (scenario) => kept(scenario, attachments) })
  return {
    on: (event) => collector.on(event),
    close: async () => {
      let count = 0
      for (const part of junitParts(toJunit(collector.report(), name, pathFromRepository))) {
        count += 1
        await writeReport(partName(file, count), junitXml(part, dialect))
      }
      await removeFrom(file, count + 1)
      await attachments.write()
    },
  }
}

function kept(scenario: ScenarioReport, attachments: Attachments): KeptCase {
  const draft = { startedAtMs: scenario.startedAtMs, ...scenarioCase(scenario) }
  const { status } = scenario.outcome
  const hasDetails = scenario.isFlaky || status === 'failed' || status === 'errored' || status === 'inconclusive'
  const attachment = hasDetails ? attachments.add(scenario) : undefined
  return attachment === undefined ? draft : { ...draft, attachment }
}

/** `junit.xml`, then `junit.part2.xml`. */
function partName(file: string, number: number): string {
  return number === 1 ? file : file.replace(/(\.[^./\\]*)?$/, (extension) => `.part${number}${extension}`)
}

/** Parts of an earlier, larger report: a reader would count them in. */
async function removeFrom(file: string, first: number): Promise<void> {
  for (let number = first; existsSync(partName(file, number)); number += 1) await rm(partName(file, number))
}
