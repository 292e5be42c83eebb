import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expiredEntries, quarantineExcuse } from '../config/quarantine.ts'
import type { Settings } from '../config/settings.ts'
import { previousJournal } from '../journal/open-journal.ts'
import { readDurations } from '../journal/read-durations.ts'
import type { Fault } from '../model/fault.ts'
import { formatFault } from '../model/format-fault.ts'
import { printable } from '../model/printable.ts'
import { seededRandom } from '../model/seeded-random.ts'
import { createReporters } from '../report/create-reporters.ts'
import { NEGLIGIBLE_MS } from '../runner/order.ts'
import type { LoadedFile } from '../runner/run-options.ts'
import { openSuiteCache, type SuiteCache } from '../scenario/suite-cache.ts'
import type { Baseline } from './baseline.ts'
import { cachePath } from './cache-path.ts'
import type { CommandLine } from './command-line.ts'
import { wantsCoverage } from './coverage-flags.ts'
import { CutOff } from './cut-off.ts'
import { loadSelected } from './load-files.ts'
import { withNotifications } from './open-notifier.ts'
import { openReceiver } from './open-receiver.ts'
import { type OpenTarget, openTarget } from './open-target.ts'
import { pathFor } from './path-for.ts'
import { prepareReports, reportEnvironment, reporterChoices } from './report-environment-for.ts'
import type { Resumption } from './resume.ts'
import type { RunCoverage } from './run-coverage.ts'
import { JOURNAL_NAME, type Session } from './run-session.ts'
import { settingsFor } from './settings-for.ts'
import type { World } from './world.ts'

/** A run that is ready to start, and what is left to do after it. */
export interface PreparedRun {
  readonly session: Session
  /** Saves what makes the next run faster. */
  readonly saveCache: () => void
}

/** Gets everything ready that a run needs. Sends nothing. Rejects with a `FaultError` that lists what the user has to put right. */
export async function prepareRun(line: CommandLine, flags: Session['flags'], world: World): Promise<PreparedRun> {
  const { settings, resolution } = settingsFor(line, world)
  const baseline = await openBaseline(line, world)
  tellExpired(settings, world)
  const cutOff = new CutOff()
  const output = pathFor(world, settings.output)
  const reports = await createReporters(reporterChoices(settings, world), reportEnvironment(line, settings, world))
  const reporter = await withNotifications(reports, { settings, resolution }, world)
  const target = await openTarget(settings, resolution, world, { random: seededRandom(flags.seed), wrap: cutOff.transport })
  const coverage = await openCoverage(line, settings, target, world)
  const cache = line.has('no-cache') ? undefined : openCache(settings, world)
  const plan = await loadSelected(line, settings, world, cache)
  const resumption = await openResumption(line, world)
  const planned = resumption ? [...plan.files] : plan.files
  if (resumption && Array.isArray(planned)) resumption.requireAll(planned)
  const selected = chained(refusedFiles(target.faults), planned)
  prepareReports(settings, world, [output])
  const { receiver, files } = await openReceiver({ settings, resolution, files: selected }, world)
  const isShown = settings.reporters.some(({ name }) => name === 'screen')
  const compared = baseline?.comparing(reporter) ?? reporter
  const session: Session = {
    files: isShown ? files : withFaultsTold(files, world),
    ...(plan.shard ? { shard: plan.shard } : {}),
    ...(resumption ? { resumption } : {}),
    whyNothing: plan.whyNothing,
    excuse: excuseOf(settings, baseline, world),
    settings,
    flags: resumption && !line.has('seed') ? { ...flags, seed: resumption.started.seed } : flags,
    target,
    reporter: coverage?.counting(compared) ?? compared,
    ...(coverage ? { coverage } : {}),
    receiver,
    cutOff,
    output,
    durations: earlierDurations(join(output, JOURNAL_NAME)),
  }
  return { session, saveCache: () => cache?.save() }
}

/** Loaded only where it is asked for: it brings the flows along. */
async function openCoverage(line: CommandLine, settings: Settings, target: OpenTarget, world: World): Promise<RunCoverage | undefined> {
  return wantsCoverage(line) ? (await import('./run-coverage.ts')).runCoverage(line, settings, target, world) : undefined
}

/** Loaded only where it is asked for: it brings the sweep along. */
async function openResumption(line: CommandLine, world: World): Promise<Resumption | undefined> {
  const path = line.text('resume')
  return path === undefined ? undefined : (await import('./resume.ts')).readResumption(path, world)
}

/** Loaded only where it is asked for: it brings statistics along. */
async function openBaseline(line: CommandLine, world: World): Promise<Baseline | undefined> {
  if (!line.has('baseline') && !line.has('fail-on')) return undefined
  return (await import('./baseline.ts')).readBaseline(line, world)
}

/** A quarantine comes first: it has somebody who looks after it. */
function excuseOf({ quarantine }: Settings, baseline: Baseline | undefined, world: World): Session['excuse'] {
  const inQuarantine = quarantineExcuse(quarantine, world.clock.date())
  return (scenario) => inQuarantine(scenario) ?? baseline?.excuse(scenario)
}

/** Whoever looks after a scenario has to learn that its time is over. */
function tellExpired({ quarantine }: Settings, world: World): void {
  for (const { scenario, owner, until } of expiredEntries(quarantine, world.clock.date())) {
    world.stderr.write(`${printable(`the quarantine of ${scenario} (${owner}) ended on ${until}: its failures count again`)}\n`)
  }
}

/** Flow files that give no flow are told like scenario files that cannot be read, so that every report and the exit code agree. */
function refusedFiles(faults: readonly Fault[]): LoadedFile[] {
  const files = new Set(faults.flatMap(({ place }) => place?.file ?? []))
  return [...files].map((file) => ({ file, faults: faults.filter(({ place }) => place?.file === file) }))
}

function* chained(first: Iterable<LoadedFile>, then: Iterable<LoadedFile>): Generator<LoadedFile> {
  yield* first
  yield* then
}

/** Of the last run, and of the one before for what the last one left out. A journal that goes to a device has no past to be read. */
function earlierDurations(journal: string): ReadonlyMap<string, number> {
  const journals = [previousJournal(journal), journal].filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  return new Map(journals.flatMap((path) => [...readDurations(path, NEGLIGIBLE_MS)]))
}

/** Nothing of a secret is kept on disk: where placeholders hold one, suites are read anew each time. */
function openCache({ vars, flagVars }: Settings, world: World): SuiteCache | undefined {
  const path = cachePath(world)
  const holdsSecret = [vars, flagVars].some((values) => world.secrets.maskJson(values) !== values)
  return path === undefined || holdsSecret ? undefined : openSuiteCache(path)
}

/** Where no screen shows them, the faults of files stand on stderr. */
function* withFaultsTold(files: Iterable<LoadedFile>, world: World): Generator<LoadedFile> {
  for (const file of files) {
    for (const fault of file.faults ?? []) world.stderr.write(`${formatFault(fault)}\n`)
    yield file
  }
}
