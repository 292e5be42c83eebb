import type { Settings } from '../config/settings.ts'
import type { Mask } from '../flow/coverage/edition.ts'
import { loadLibrary } from '../flow/load-library.ts'
import type { Reporter } from '../model/reporter.ts'
import { CoverageCollector } from '../report/coverage/coverage-collector.ts'
import type { CommandLine } from './command-line.ts'
import { readMinCoverage, wantsCoverage } from './coverage-flags.ts'
import { EXIT } from './exit-codes.ts'
import { type AskForFlow, emulatedFlows, type FlowFinder, flowsOfTarget } from './flow-finder.ts'
import type { OpenTarget } from './open-target.ts'
import type { World } from './world.ts'
import { writeCoverage } from './write-coverage.ts'

/** The coverage of one run. */
export interface RunCoverage {
  /** Where the run has the definitions of its flows from. */
  readonly finderFor: (ask: AskForFlow) => FlowFinder
  /** The same reporter; when it is closed, coverage is written as well. */
  readonly counting: (reporter: Reporter) => Reporter
  /** What the coverage makes of the exit code, once the reporter is closed. */
  readonly exitCode: () => number
}

/** The coverage of a run; `undefined` where nobody asks for it. Throws a `FaultError` for a share that makes no sense. */
export function runCoverage(line: CommandLine, settings: Settings, target: OpenTarget, world: World): RunCoverage | undefined {
  if (!wantsCoverage(line)) return undefined
  const least = readMinCoverage(line)
  const collector = new CoverageCollector()
  const isShown = !line.has('quiet') && settings.reporters.some(({ name }) => name === 'screen')
  const mask: Mask = (value) => world.secrets.maskJson(value)
  let exitCode: number = EXIT.ok
  return {
    finderFor: (ask) =>
      target.flows ? emulatedFlows(target.flows, mask) : flowsOfTarget(ask, loadLibrary(settings.flows, world.cwd).flows, mask),
    exitCode: () => exitCode,
    counting: (reporter) => ({
      on: (event) => {
        reporter.on(event)
        collector.on(event)
      },
      close: async () => {
        await reporter.close()
        exitCode = await writeCoverage(collector.coverage(), { least, output: settings.output, isShown, line }, world)
      },
    }),
  }
}
