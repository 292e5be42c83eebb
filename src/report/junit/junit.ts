import { posix } from 'node:path'
import type { Reporter } from '../../model/reporter.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { RunReport } from '../run-report.ts'
import { writeReport } from '../write-report.ts'
import { type CaseDraft, refusedCase, runCase, scenarioCase, teardownCase } from './junit-case.ts'
import { classNames, uniqueNames } from './junit-names.ts'
import type { JunitReport, JunitSuite } from './junit-report.ts'
import { LIMITS, xmlLine } from './junit-text.ts'
import { junitXml } from './junit-xml.ts'

const NAME = 'cxspec'

/** A case, and when it started in milliseconds since the run did. */
interface Kept extends CaseDraft {
  readonly startedAtMs?: number | undefined
}

/**
 * JUnit XML in the form that Jenkins, GitLab, GitHub actions, Azure DevOps, CircleCI and Buildkite all show well: one suite for
 * each scenario file, one case for each scenario or example row. It is green only where the run is: an exit code that no case
 * explains gets a case of its own. Option `name`: the name of the whole, instead of `cxspec`.
 */
export function junit({ options, file, pathFromRepository }: ReportRequest): Reporter {
  const collector = new RunCollector<Kept>({ keep: (scenario) => ({ ...scenarioCase(scenario), startedAtMs: scenario.startedAtMs }) })
  const name = typeof options['name'] === 'string' ? options['name'] : NAME
  return {
    on: (event) => collector.on(event),
    close: () => writeReport(file, junitXml(toJunit(collector.report(), name, pathFromRepository))),
  }
}

function toJunit(run: RunReport<Kept>, name: string, pathFromRepository: string): JunitReport {
  const byFile = casesByFile(run)
  const paths = new Map([...byFile.keys()].map((file) => [file, posix.isAbsolute(file) ? file : posix.join(pathFromRepository, file)]))
  const names = classNames(paths.values())
  const suites = [...byFile].map(([file, drafts]) => {
    const path = paths.get(file) ?? file
    return toSuite(run, drafts, names.get(path) ?? path, xmlLine(path, LIMITS.nameLength))
  })
  const verdict = verdictCase(run, suites)
  const own = verdict ? [toSuite(run, [verdict], NAME, undefined)] : []
  return { name: xmlLine(name, LIMITS.nameLength), suites: [...suites, ...own] }
}

function casesByFile(run: RunReport<Kept>): Map<string, Kept[]> {
  const byFile = new Map<string, Kept[]>()
  const add = (file: string, cases: readonly Kept[]): void => {
    byFile.set(file, [...(byFile.get(file) ?? []), ...cases])
  }
  for (const refused of run.refused) add(refused.file, [refusedCase(refused)])
  for (const suite of run.suites) if (suite.scenarios.length > 0) add(suite.file, suite.scenarios)
  for (const teardown of run.teardownsFailed) add(teardown.suite.file, [teardownCase(teardown)])
  return byFile
}

function toSuite(run: RunReport<Kept>, drafts: readonly Kept[], classname: string, file: string | undefined): JunitSuite {
  const names = uniqueNames(drafts)
  const startedAtMs = Math.min(...drafts.map((draft) => draft.startedAtMs ?? Number.POSITIVE_INFINITY))
  const cases = drafts.map((draft, index) => ({ ...draft, name: names[index] ?? draft.name, classname, ...(file ? { file } : {}) }))
  return { name: classname, timestamp: timestamp(run, startedAtMs), hostname: hostname(run), cases }
}

/** `2026-01-02T03:04:05` in UTC, so many milliseconds after the start of the run; of the start itself where nothing started. */
function timestamp({ started }: RunReport<Kept>, atMs: number): string | undefined {
  const startMs = Date.parse(started?.startedAt ?? '')
  return Number.isNaN(startMs) ? undefined : new Date(startMs + (Number.isFinite(atMs) ? atMs : 0)).toISOString().slice(0, 19)
}

function hostname({ started }: RunReport<Kept>): string | undefined {
  const name = xmlLine(started?.hostname ?? '', LIMITS.nameLength)
  return name === '' ? undefined : name
}

/** What the other cases do not show: that the run died, that nothing ran, or that it ended with an exit code for another reason. */
function verdictCase({ finished, totals }: RunReport<Kept>, suites: readonly JunitSuite[]): CaseDraft | undefined {
  const isRed = suites.some((suite) => suite.cases.some(({ result }) => result && result.element !== 'skipped'))
  if (isRed) return undefined
  if (!finished) return runCase('error', 'RUN_UNFINISHED', 'the run did not come to its end: its process died')
  const element = finished.exitCode === 0 ? 'skipped' : 'error'
  if (totals.scenarios === 0) return runCase(element, 'NOTHING_SELECTED', 'no scenario was selected, so nothing was tested')
  if (totals.scenarios === totals.skipped && element === 'error')
    return runCase(element, 'ALL_SKIPPED', 'every selected scenario was skipped, so nothing was tested')
  if (element === 'skipped') return undefined
  return runCase('error', 'RUN_FAILED', finished.interruption ?? `the run ended with exit code ${finished.exitCode}`)
}
