import type { Settings } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import { printable } from '../model/printable.ts'
import type { Suite } from '../model/suite.ts'
import type { LoadedFile } from '../runner/run-options.ts'
import { createSelection, type Select } from '../runner/select.ts'
import { type FoundFiles, findScenarioFiles } from '../scenario/find-scenario-files.ts'
import { ReadAhead } from '../scenario/read-ahead.ts'
import type { SuiteCache } from '../scenario/suite-cache.ts'
import { type LoadSuite, type SuiteLoaderOptions, suiteLoader } from '../scenario/suite-loader.ts'
import { checkLines } from './check-lines.ts'
import type { CommandLine } from './command-line.ts'
import { explainTags } from './explain-tags.ts'
import { type PlanFlags, readPlanFlags } from './plan-flags.ts'
import { lastFailedIds, planRun, type RunPlan } from './plan-run.ts'
import { parsePaths, type ScenarioPaths } from './scenario-paths.ts'
import type { World } from './world.ts'

/** The scenario files that the command line, or else the configuration, asks for. */
export function askedFor(line: CommandLine, settings: Settings, world: World): ScenarioPaths {
  return parsePaths(line.positionals.length > 0 ? line.positionals : settings.scenarios, world.cwd)
}

/** Throws a `FaultError` for each line that was asked for and that its file does not have. */
export function checkAskedLines(asked: ScenarioPaths, settings: Settings, world: World): void {
  checkLines(asked, world, loaderFor(settings, world))
}

/** Reads the files one by one, as they are asked for: each is whole, or all its faults. */
export function* loadFiles(asked: ScenarioPaths, settings: Settings, world: World, cache?: SuiteCache): Generator<LoadedFile> {
  yield* loadFound(findScenarioFiles(asked.paths, world.cwd), loaderFor(settings, world, cache ? { cache } : {}))
}

function* loadFound({ files, refused }: FoundFiles, load: LoadSuite): Generator<LoadedFile> {
  yield* refused
  for (const file of files) yield loadFile(file, load)
}

/** What runs, and why it is nothing. */
export interface SelectedRun extends RunPlan {
  /** Known once all files are read, and only where it can be said. */
  readonly whyNothing: () => string | undefined
}

/**
 * The same, with what the flags chose of each file and of this machine's part; a file of which nothing was chosen is left out. Rejects with
 * a `FaultError` for a selection that makes no sense.
 */
export async function loadSelected(line: CommandLine, settings: Settings, world: World, cache?: SuiteCache): Promise<SelectedRun> {
  const plan = readPlanFlags(line)
  const { files, why } = await loadChosen(line, settings, world, { plan, ...(cache ? { cache } : {}) })
  return { ...planRun(files, plan, world), whyNothing: () => why.text }
}

interface ChoosingMeans {
  readonly plan: PlanFlags
  readonly cache?: SuiteCache
}

interface Chosen {
  readonly files: Iterable<LoadedFile>
  /** Why nothing was chosen, once all files are read and where that can be said. */
  readonly why: { text?: string }
}

async function loadChosen(line: CommandLine, settings: Settings, world: World, { plan, cache }: ChoosingMeans): Promise<Chosen> {
  const asked = askedFor(line, settings, world)
  checkAskedLines(asked, settings, world)
  const grep = line.text('grep')
  const tag = line.text('tag')
  const found = withBailAdvice(findScenarioFiles(asked.paths, world.cwd), line)
  const read = { files: new ReadAhead(world.cwd), ...(cache ? { cache } : {}) }
  const selection = await createSelection({
    lines: asked.lines,
    ...(grep === undefined ? {} : { grep }),
    ...(tag === undefined ? {} : { tag }),
    ...(await chosenIds(line, plan, settings, world, () => loadFound(found, loaderFor(settings, world, read)))),
    only: !isCi(world) && isOnlyUsed(found, read.files, loaderFor(settings, world)),
  })
  if (selection.faults) throw new FaultError(selection.faults)
  const files = loadFound(found, loaderFor(settings, world, read))
  const why: Chosen['why'] = {}
  if (tag === undefined) return { files: selected(files, selection.value), why }
  const tell = (text: string): void => {
    why.text = text
    world.stderr.write(`${printable(text)}\n`)
  }
  return { files: withTagsTold(files, selection.value, tag, tell), why }
}

/** The ids that flags choose by what scenarios did or do: a scenario has to be chosen by all of them. */
async function chosenIds(
  line: CommandLine,
  { lastFailed }: PlanFlags,
  settings: Settings,
  world: World,
  files: () => Iterable<LoadedFile>,
): Promise<{ readonly ids?: ReadonlySet<string> }> {
  const old = line.text('only-affected')
  const failed = lastFailed ? await lastFailedIds(settings.output, world) : undefined
  if (old === undefined) return failed ? { ids: failed } : {}
  const { affectedIds } = await import('./affected-ids.ts')
  const affected = await affectedIds(old, files(), settings, world)
  return { ids: failed ? new Set([...affected].filter((id) => failed.has(id))) : affected }
}

/** A number behind `--bail` that was meant for it is a path to everybody else. */
function withBailAdvice({ files, refused }: FoundFiles, line: CommandLine): FoundFiles {
  if (!line.has('bail') || line.text('bail') !== undefined) return { files, refused }
  const advised = refused.map(({ file, faults }) => ({
    file,
    faults: /^\d+$/.test(file)
      ? faults.map((fault) => ({ ...fault, advice: `if ${file} is meant for --bail, write --bail=${file}` }))
      : faults,
  }))
  return { files, refused: advised }
}

/** Who mistypes a tag is told which there are. */
function* withTagsTold(files: Iterable<LoadedFile>, select: Select, tag: string, tell: (why: string) => void): Generator<LoadedFile> {
  const tags = new Set<string>()
  let isAnySelected = false
  const noted = (suite: Suite): Suite => {
    for (const known of suite.scenarios.flatMap((scenario) => scenario.tags)) tags.add(known)
    const left = select(suite)
    isAnySelected ||= left.scenarios.length > 0
    return left
  }
  yield* selected(files, noted)
  if (isAnySelected) return
  tell(explainTags(tag, tags))
}

function* selected(files: Iterable<LoadedFile>, select: Select): Generator<LoadedFile> {
  for (const loaded of files) {
    const suite = loaded.suite && select(loaded.suite)
    if (!suite) yield loaded
    else if (suite.scenarios.length > 0) yield { file: loaded.file, suite }
  }
}

function loadFile(file: string, load: LoadSuite): LoadedFile {
  const { value, faults } = load(file)
  return value ? { file, suite: value } : { file, faults: faults ?? [] }
}

/** What loading may make use of. */
type LoaderMeans = Pick<SuiteLoaderOptions, 'cache' | 'files'>

function loaderFor({ flagVars, vars, simulations, executions }: Settings, world: World, means: LoaderMeans = {}): LoadSuite {
  const { maxConcurrency, webhookUrls } = simulations
  const rules = { simulations: { maxConcurrency, webhookUrls }, executions }
  return suiteLoader({ root: world.cwd, vars: flagVars, configVars: vars, ci: isCi(world), rules, ...means })
}

function isCi({ env }: World): boolean {
  return ![undefined, '', '0', 'false'].includes(env['CI'])
}

/**
 * Whether some scenario says `only: true`, so that no other may run. That has to be known before the first one starts, and files are
 * read while scenarios run: so only files in which the word stands are understood ahead.
 */
function isOnlyUsed({ files }: FoundFiles, read: ReadAhead, load: LoadSuite): boolean {
  return files.filter((file) => read.mentions(file, 'only')).some((file) => load(file).value?.scenarios.some(({ only }) => only))
}
