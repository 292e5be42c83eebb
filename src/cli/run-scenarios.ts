import { hostname } from 'node:os'
import { Secrets } from '../config/secrets.ts'
import type { RunEvent } from '../model/event.ts'
import type { JsonObject } from '../model/json.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Reporter, Write } from '../model/reporter.ts'
import { CommandLine } from './command-line.ts'
import type { FlagName } from './flags.ts'
import { prepareRun } from './prepare-run.ts'
import { readRunFlags } from './run-flags.ts'
import { runSession } from './run-session.ts'
import { systemClock } from './system-clock.ts'
import type { Emergencies, World } from './world.ts'

/** What a program may say about a run; everything else comes from the configuration, as for `cxspec run`. */
export interface RunScenariosOptions {
  /** Files, folders, globs and `FILE:LINE`. @default what is configured */
  readonly paths?: readonly string[]
  /** Absolute. @default the process's working directory */
  readonly cwd?: string
  /** @default the process's environment */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly target?: string
  readonly grep?: string
  /** A tag expression: `smoke and not slow`. */
  readonly tag?: string
  /** Placeholders, as `--var` sets them. */
  readonly vars?: JsonObject
  /** Requests, and so scenarios, at once. */
  readonly jobs?: number
  readonly retries?: number
  /** Counts a scenario with too little evidence (inconclusive) as failed. @default what is configured */
  readonly strict?: boolean
  /** Counts a scenario that passes on a later try only as failed. @default what is configured */
  readonly failOnFlaky?: boolean
  /** Counts what calls go through, as `--coverage` does. @default only where there is a minimum */
  readonly coverage?: boolean
  /** As for `--min-coverage`: `branches=90,nodes=100`. @default none */
  readonly minCoverage?: string
  /** Starts no more scenarios after so many that did not pass. @default never */
  readonly bail?: number
  readonly seed?: number
  /** As for `--reporter`: `junit`, `junit:file=out.xml`. @default none; the journal is always written */
  readonly reporters?: readonly string[]
  /** Folder of the journal and of reports. */
  readonly output?: string
  /** Interrupts the run: it tidies up and reports what did not run. */
  readonly signal?: AbortSignal
  /** Told of every event as it happens, with secrets masked. */
  readonly onEvent?: (event: RunEvent) => void
  /** Takes what the screen reporter and warnings say. @default nobody is told */
  readonly write?: Write
}

/** What came of a run. */
export interface RunScenariosResult {
  /** As `cxspec run` would exit. */
  readonly exitCode: number
  /** In the order in which they ended. */
  readonly scenarios: readonly ScenarioResult[]
}

export interface ScenarioResult {
  /** `FILE#NAME`. */
  readonly id: string
  readonly outcome: Outcome
  /** Passed, but not on the first try. */
  readonly isFlaky: boolean
  readonly durationMs: number
}

/**
 * Runs scenarios from a program, as `cxspec run` does. Resolves once every report is closed, whatever came of the scenarios; rejects
 * with a `FaultError` where the options or the configuration are wrong. Never touches the process: no signals, no exit code, no output.
 */
export async function runScenarios(options: RunScenariosOptions = {}): Promise<RunScenariosResult> {
  const line = new CommandLine(options.paths ?? [], textsOf(options))
  const world = worldFor(options)
  const flags = readRunFlags(line)
  const { session, saveCache } = await prepareRun(line, { ...flags, seed: flags.seed ?? Math.floor(world.random() * 2 ** 32) }, world)
  const scenarios: ScenarioResult[] = []
  const reporter = told(session.reporter, (event) => {
    if (event.type === 'scenario-finished') scenarios.push(resultOf(event))
    options.onEvent?.(event)
  })
  const exitCode = await runSession({ ...session, reporter }, world)
  saveCache()
  return { exitCode, scenarios }
}

function resultOf({ scenario: id, outcome, tries, durationMs }: Extract<RunEvent, { type: 'scenario-finished' }>): ScenarioResult {
  return { id, outcome, isFlaky: outcome.status === 'passed' && tries > 1, durationMs }
}

function told(reporter: Reporter, tell: (event: RunEvent) => void): Reporter {
  return {
    on: (event) => {
      reporter.on(event)
      tell(event)
    },
    close: () => reporter.close(),
  }
}

function textsOf(options: RunScenariosOptions): Partial<Record<FlagName, readonly string[]>> {
  const {
    target,
    grep,
    tag,
    output,
    jobs,
    retries,
    strict,
    failOnFlaky,
    bail,
    seed,
    coverage,
    minCoverage,
    vars = {},
    reporters = [],
  } = options
  const single = {
    target,
    grep,
    tag,
    output,
    jobs,
    retries,
    strict,
    'fail-on-flaky': failOnFlaky,
    bail,
    seed,
    coverage: coverage || undefined,
    'min-coverage': minCoverage,
  }
  const given = Object.entries(single).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, [String(value)]])),
    var: Object.entries(vars).map(([name, value]) => `${name}:=${JSON.stringify(value)}`),
    reporter: reporters,
  }
}

function worldFor({ cwd, env, signal, write = () => undefined }: RunScenariosOptions): World {
  return {
    env: env ?? process.env,
    cwd: cwd ?? process.cwd(),
    stdout: { write },
    stderr: { write },
    clock: systemClock,
    emergencies: emergenciesOf(signal),
    secrets: new Secrets(),
    random: Math.random,
    hostname: hostname(),
  }
}

/** The signal of a program ends a run as a person's Ctrl-C does. */
function emergenciesOf(signal: AbortSignal | undefined): Emergencies {
  return {
    subscribe: (listener) => {
      const onAbort = (): void => listener({ kind: 'signal', signal: 'SIGINT' })
      if (signal?.aborted) queueMicrotask(onAbort)
      signal?.addEventListener('abort', onAbort, { once: true })
      return () => signal?.removeEventListener('abort', onAbort)
    },
  }
}
