import { repositoryPath } from '../path-from-repository.ts'
import type { RunReport } from '../run-report.ts'
import { type CaseDraft, refusedCase, runCase, teardownCase } from './junit-case.ts'
import { classNames, uniqueNames } from './junit-names.ts'
import { runProperties } from './junit-properties.ts'
import type { JunitReport, JunitSuite } from './junit-report.ts'
import { LIMITS, xmlLine } from './junit-text.ts'

/** The suite of the case about the run itself. */
const OWN_SUITE = 'cxspec'

/** A case, and when it started in milliseconds since the run did. */
export interface KeptCase extends CaseDraft {
  readonly startedAtMs?: number | undefined
}

/** Puts the cases of a run into suites, in the order of their files, with names that are unique; the suites are made while they are written. */
export function toJunit(run: RunReport<KeptCase>, name: string, pathFromRepository: string): Pick<JunitReport, 'name' | 'suites'> {
  const byFile = casesByFile(run)
  const cases = [...byFile.values()].flat()
  const isRed = cases.some(({ result }) => result?.element === 'failure' || result?.element === 'error')
  const verdict = isRed ? undefined : verdictCase(run)
  return { name: xmlLine(name, LIMITS.nameLength), suites: suitesOf(run, byFile, verdict, pathFromRepository) }
}

function casesByFile(run: RunReport<KeptCase>): Map<string, KeptCase[]> {
  const byFile = new Map<string, KeptCase[]>()
  const add = (file: string, cases: readonly KeptCase[]): void => {
    if (cases.length > 0) byFile.set(file, [...(byFile.get(file) ?? []), ...cases])
  }
  for (const refused of run.refused) add(refused.file, [refusedCase(refused)])
  for (const suite of run.suites) add(suite.file, suite.scenarios)
  for (const teardown of run.teardownsFailed) add(teardown.suite.file, [teardownCase(teardown)])
  return byFile
}

/** The suites in the order of their files, then the one about the run itself. */
function* suitesOf(
  run: RunReport<KeptCase>,
  byFile: ReadonlyMap<string, readonly KeptCase[]>,
  verdict: CaseDraft | undefined,
  pathFromRepository: string,
): Generator<JunitSuite> {
  const toSuite = suiteMaker(run)
  const toPath = (file: string): string => repositoryPath(pathFromRepository, file)
  const names = classNames([...byFile.keys()].map(toPath))
  for (const [file, drafts] of byFile) {
    const path = toPath(file)
    yield toSuite(drafts, names.get(path) ?? path, xmlLine(path, LIMITS.nameLength))
  }
  if (verdict) yield toSuite([verdict], OWN_SUITE)
}

type SuiteMaker = (drafts: readonly KeptCase[], classname: string, file?: string) => JunitSuite

function suiteMaker({ started }: RunReport<KeptCase>): SuiteMaker {
  const startMs = Date.parse(started?.startedAt ?? '')
  const hostname = xmlLine(started?.hostname ?? '', LIMITS.nameLength) || undefined
  const properties = runProperties(started)
  return (drafts, classname, file) => {
    const names = uniqueNames(drafts)
    const cases = drafts.map((draft, index) => ({ classname, ...(file ? { file } : {}), ...draft, name: names[index] ?? draft.name }))
    return { name: classname, timestamp: timestamp(startMs + firstStart(drafts)), hostname, properties, cases }
  }
}

/** In milliseconds since the run started; 0 where none of them started. */
function firstStart(drafts: readonly KeptCase[]): number {
  const starts = drafts.flatMap(({ startedAtMs }) => (startedAtMs === undefined ? [] : [startedAtMs]))
  return starts.length > 0 ? Math.min(...starts) : 0
}

/** `2026-01-02T03:04:05` in UTC. */
function timestamp(ms: number): string | undefined {
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().slice(0, 19)
}

function nothingSelected(why: string | undefined): string {
  return `no scenario was selected, so nothing was tested${why === undefined ? '' : `: ${why}`}`
}

/** What the other cases do not show: that the run died, that nothing ran, or that it ended with an exit code for another reason. */
function verdictCase({ finished, totals }: RunReport<KeptCase>): CaseDraft | undefined {
  if (!finished) return runCase('error', 'RUN_UNFINISHED', 'the run did not come to its end: its process died')
  const element = finished.exitCode === 0 ? 'skipped' : 'error'
  if (totals.scenarios === 0) return runCase(element, 'NOTHING_SELECTED', nothingSelected(finished.nothingSelected))
  if (element === 'skipped') return undefined
  if (totals.scenarios === totals.skipped)
    return runCase('error', 'ALL_SKIPPED', 'every selected scenario was skipped, so nothing was tested')
  return runCase('error', 'RUN_FAILED', finished.interruption ?? `the run ended with exit code ${finished.exitCode}`)
}
