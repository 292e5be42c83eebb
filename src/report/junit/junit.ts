import type { Reporter } from '../../model/reporter.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import { writeReport } from '../write-report.ts'
import { scenarioCase } from './junit-case.ts'
import { junitXml } from './junit-xml.ts'
import { type KeptCase, toJunit } from './to-junit.ts'

/** What the whole is called where its option does not say. */
const NAME = 'cxspec'

/**
 * JUnit XML in the form that Jenkins, GitLab, GitHub actions, Azure DevOps, CircleCI and Buildkite all show well: one suite for
 * each scenario file, one case for each scenario or example row. It is green only where the run is: an exit code that no case
 * explains gets a case of its own. Option `name`: the name of the whole, instead of `cxspec`.
 */
export function junit({ options, file, pathFromRepository }: ReportRequest): Reporter {
  const collector = new RunCollector<KeptCase>({ keep: (scenario) => ({ ...scenarioCase(scenario), startedAtMs: scenario.startedAtMs }) })
  const name = typeof options['name'] === 'string' ? options['name'] : NAME
  return {
    on: (event) => collector.on(event),
    close: () => writeReport(file, junitXml(toJunit(collector.report(), name, pathFromRepository))),
  }
}
