import { join } from 'node:path'
import type { Least } from '../flow/coverage/gate.ts'
import { shortfalls } from '../flow/coverage/gate.ts'
import { cobertura } from '../report/coverage/cobertura.ts'
import type { Coverage, CoveredFlow } from '../report/coverage/coverage.ts'
import { coverageJson } from '../report/coverage/coverage-json.ts'
import { lcov } from '../report/coverage/lcov.ts'
import { showCoverage, showGate } from '../report/coverage/show-coverage.ts'
import { sourceFileOf } from '../report/coverage/source-file.ts'
import { writeReport } from '../report/write-report.ts'
import type { CommandLine } from './command-line.ts'
import { EXIT } from './exit-codes.ts'
import { pathFor } from './path-for.ts'
import { screenColours } from './screen-colours.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** Where coverage goes, and what is asked of it. */
export interface CoverageRequest {
  readonly least: readonly Least[]
  /** The output folder, as it was named. */
  readonly output: string
  /** Whether the figures are shown; what `least` is not met by is told in any case. */
  readonly isShown: boolean
  readonly line: CommandLine
}

/** Files of coverage in the output folder. */
const FOLDER = 'coverage'

/** Writes `coverage.json`, `lcov.info` and `cobertura.xml`, and shows the figures. Resolves with the exit code: 1 where too little is covered. */
export async function writeCoverage(coverage: Coverage, request: CoverageRequest, world: World): Promise<number> {
  const { least, output, isShown, line } = request
  const folder = `${output.replace(/\/+$/, '')}/${FOLDER}`
  await writeFiles(coverage, folder, world)
  const colours = screenColours(line, world)
  if (isShown) world.stdout.write(showCoverage(coverage, colours))
  if (isShown) world.stdout.write(`\n${['coverage.json', 'lcov.info', 'cobertura.xml'].map((name) => `${folder}/${name}`).join('\n')}\n`)
  if (least.length === 0) return EXIT.ok
  const short = shortfalls(least, coverage.shares)
  const isMet = short.length === 0 && coverage.unmeasured.length === 0 && coverage.flows.length > 0
  const told = showGate(least, short, coverage, colours)
  if (isShown) world.stdout.write(told)
  else if (!isMet) world.stderr.write(told)
  return isMet ? EXIT.ok : EXIT.failed
}

async function writeFiles(coverage: Coverage, folder: string, world: World): Promise<void> {
  const sourceOf = ({ edition }: CoveredFlow) => sourceFileOf(edition, `${folder}/flows`)
  const pathOf = (flow: CoveredFlow): string => sourceOf(flow).path
  const write = (name: string, pieces: Iterable<string>): Promise<void> => writeReport(join(pathFor(world, folder), name), pieces)
  const facts = { pathOf, root: world.cwd, date: world.clock.date(), toolVersion: version() }
  await write('coverage.json', coverageJson(coverage, version()))
  await write('lcov.info', lcov(coverage, pathOf))
  await write('cobertura.xml', [cobertura(coverage, facts)])
  for (const { path, text } of coverage.flows.filter(({ isCurrent }) => isCurrent).map(sourceOf)) {
    if (text !== undefined) await writeReport(pathFor(world, path), [text])
  }
}
