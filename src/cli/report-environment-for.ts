import { dirname } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { pathFromRepository } from '../report/path-from-repository.ts'
import type { ReportEnvironment } from '../report/report-environment.ts'
import { checkReporters, type ReporterChoice } from '../report/reporter-options.ts'
import { screenOf } from '../report/screen/screen-of.ts'
import { checkWritable } from './check-writable.ts'
import type { CommandLine } from './command-line.ts'
import { makeFolders } from './make-folders.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/** What reporters may use of the world, with the flags for the screen applied. */
export function reportEnvironment(line: CommandLine, settings: Settings, world: World): ReportEnvironment {
  const stepSummary = world.env['GITHUB_STEP_SUMMARY']
  return {
    clock: world.clock,
    screen: screenOf(world.stdout, colourEnvironment(line, world), detailOf(line)),
    output: pathFor(world, settings.output),
    pathFromRepository: pathFromRepository(world.cwd),
    rerunCommand: rerunCommand(line),
    commands: (text) => world.stdout.write(text),
    ...(stepSummary ? { stepSummary } : {}),
  }
}

/** The chosen reporters, with the paths of their files as this process reaches them. */
export function reporterChoices({ reporters }: Settings, world: World): ReporterChoice[] {
  return reporters.map(({ name, options }) => {
    const { file } = options
    return typeof file === 'string' && file.trim() !== ''
      ? { name, options: { ...options, file: pathFor(world, file) } }
      : { name, options }
  })
}

/** The files of the chosen reports. Throws a `FaultError` for a reporter that makes no sense. */
export function reportFiles(settings: Settings, world: World): string[] {
  const checked = checkReporters(reporterChoices(settings, world), pathFor(world, settings.output))
  return checked.map(({ file }) => file).filter((file) => file !== '')
}

/** Makes the folders of the chosen reports, and `others`. Throws a `FaultError` that names what cannot be made, or which report cannot be written. */
export function prepareReports(settings: Settings, world: World, others: readonly string[] = []): void {
  const files = reportFiles(settings, world)
  makeFolders([...others, ...files.map((file) => dirname(file))])
  checkWritable(files)
}

/** The environment as `--color` and `--no-color` change it. */
export function colourEnvironment(line: CommandLine, { env }: World): World['env'] {
  if (line.has('no-color')) return { ...env, FORCE_COLOR: undefined, NO_COLOR: '1' }
  return line.has('color') ? { ...env, FORCE_COLOR: '1' } : env
}

function detailOf(line: CommandLine): 'quiet' | 'normal' | 'verbose' {
  if (line.has('verbose')) return 'verbose'
  return line.has('quiet') ? 'quiet' : 'normal'
}

/** Flags without which another run would be another run. Values of --var are left out: they may be secret. */
const REPEATED = ['config', 'env-file', 'target', 'flows'] as const

function rerunCommand(line: CommandLine): string {
  const repeated = REPEATED.flatMap((flag) => (line.texts[flag] ?? []).map((text) => `--${flag} ${quoted(text)}`))
  return ['cxspec run', ...repeated].join(' ')
}

function quoted(text: string): string {
  return /^[\w./:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
