import { formatFault } from '../../model/format-fault.ts'
import { printable } from '../../model/printable.ts'
import type { Scenario, Suite } from '../../model/suite.ts'
import type { Command } from '../command.ts'
import type { CommandLine } from '../command-line.ts'
import { EXIT } from '../exit-codes.ts'
import { loadSelected } from '../load-files.ts'
import { settingsFor } from '../settings-for.ts'
import type { World } from '../world.ts'

/** `cxspec list`: the scenarios that would run. */
export const list: Command = {
  operands: '[PATH[:LINE]…]',
  operandCount: { least: 0, most: Number.POSITIVE_INFINITY },
  about: 'Lists the scenarios that would run, each with its place and its tags. Runs nothing.',
  flags: [
    'grep',
    'tag',
    'last-failed',
    'only-affected',
    'repeat',
    'shard',
    'durations',
    'json',
    'config',
    'env-file',
    'target',
    'var',
    'pass-with-no-tests',
  ],
  examples: [
    { command: 'cxspec list', effect: 'everything that is configured' },
    { command: "cxspec list --tag 'smoke and not slow'", effect: 'what a tag expression selects' },
  ],
  run: listScenarios,
}

/** What `cxspec list` and `cxspec run --list` do. */
export async function listScenarios(line: CommandLine, world: World): Promise<number> {
  const { settings } = settingsFor(line, world)
  const suites: Suite[] = []
  let faulty = 0
  for (const { suite, faults = [] } of (await loadSelected(line, settings, world)).files) {
    if (suite) suites.push(suite)
    for (const fault of faults) world.stderr.write(`${formatFault(fault)}\n`)
    faulty += faults.length
  }
  const count = suites.reduce((sum, { scenarios }) => sum + scenarios.length, 0)
  world.stdout.write(line.has('json') ? asJson(suites) : `${suites.map(asText).join('')}${summary(count, suites.length)}\n`)
  if (faulty > 0) return EXIT.faulty
  return count === 0 && !line.has('pass-with-no-tests') ? EXIT.nothingSelected : EXIT.ok
}

function asText(suite: Suite): string {
  return suite.scenarios.map((scenario) => `${printable(textOf(scenario, suite))}\n`).join('')
}

function textOf({ line, name, tags, skip }: Scenario, suite: Suite): string {
  const tagged = tags.length === 0 ? '' : `  [${tags.join(', ')}]`
  return `${suite.file}:${line}  ${suite.name} > ${name}${tagged}${skip === undefined ? '' : `  skipped: ${skip}`}`
}

function asJson(suites: readonly Suite[]): string {
  const rows = suites.flatMap((suite) =>
    suite.scenarios.map(({ id, name, line, tags, skip }) => ({
      id,
      file: suite.file,
      line,
      suite: suite.name,
      name,
      tags,
      ...(skip === undefined ? {} : { skip }),
    })),
  )
  return `${JSON.stringify(rows, null, 2)}\n`
}

function summary(scenarios: number, files: number): string {
  if (scenarios === 0) return 'no scenario was selected'
  return `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'} in ${files} ${files === 1 ? 'file' : 'files'}`
}
