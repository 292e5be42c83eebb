import type { Settings } from '../../config/settings.ts'
import { type ChangePicture, changePicture } from '../../flow/impact/change-picture.ts'
import { picturesAsDot } from '../../flow/impact/picture-dot.ts'
import { picturesAsMermaid } from '../../flow/impact/picture-mermaid.ts'
import { FaultError } from '../../model/fault.ts'
import { formatFault } from '../../model/format-fault.ts'
import type { Suite } from '../../model/suite.ts'
import { affectedScenarios } from '../affected-scenarios.ts'
import type { Command } from '../command.ts'
import type { CommandLine } from '../command-line.ts'
import { compareVersions } from '../compared-flows.ts'
import { earlierTraces } from '../earlier-traces.ts'
import { EXIT } from '../exit-codes.ts'
import { impactJson, impactText } from '../impact-text.ts'
import { loadFiles } from '../load-files.ts'
import { parsePaths } from '../scenario-paths.ts'
import { settingsFor } from '../settings-for.ts'
import type { World } from '../world.ts'

const DRAWN: Readonly<Record<string, (pictures: readonly ChangePicture[]) => string>> = { dot: picturesAsDot, mermaid: picturesAsMermaid }

/** `cxspec impact OLD NEW`: what a change of flows means for scenarios. */
export const impact: Command = {
  operands: 'OLD NEW',
  operandCount: { least: 2, most: 2 },
  about:
    'Compares two versions of flows (files, folders, or NEW as the id of a configured flow): which nodes and branches are new, gone or lead\n' +
    'elsewhere, which scenarios pass through them, and which go another way. The configured scenarios are gone through on both versions,\n' +
    'without a target; with --journal, what they did before is what a run has seen. Exits 0, and 2 where something cannot be read.',
  flags: ['json', 'picture', 'journal', 'flows', 'config', 'env-file', 'var'],
  examples: [
    { command: 'cxspec impact old/menu.flow.yaml scenarios/flows/menu.flow.yaml', effect: 'one flow' },
    { command: 'cxspec impact ../main/scenarios/flows scenarios/flows', effect: 'all flows of two folders' },
    { command: 'cxspec impact old new --picture mermaid', effect: 'the picture, for Markdown' },
    { command: 'cxspec run --only-affected old', effect: 'run the scenarios that a change affects' },
  ],
  async run(line, world) {
    const draw = drawerOf(line)
    const { settings } = settingsFor(line, world)
    const [old = '', now = ''] = line.positionals
    const versions = compareVersions(old, [now], settings.flows, world.cwd)
    for (const fault of versions.faults) world.stderr.write(`${formatFault(fault)}\n`)
    const { suites, isFaulty } = readSuites(settings, world)
    if (draw) world.stdout.write(draw(versions.changes.filter(({ kind }) => kind !== 'same').map(changePicture)))
    else {
      const journal = line.text('journal')
      const earlier = journal === undefined ? undefined : await earlierTraces(journal, world)
      const time = world.clock.date()
      const affected = await affectedScenarios(suites, versions, () => time, earlier)
      const found = { changes: versions.changes, affected, scenarios: suites.reduce((sum, { scenarios }) => sum + scenarios.length, 0) }
      world.stdout.write(line.has('json') ? `${JSON.stringify(impactJson(found), null, 2)}\n` : impactText(found))
    }
    return isFaulty || versions.faults.length > 0 ? EXIT.faulty : EXIT.ok
  },
}

function drawerOf(line: CommandLine): ((pictures: readonly ChangePicture[]) => string) | undefined {
  const language = line.text('picture')
  if (language === undefined) return undefined
  const draw = Object.hasOwn(DRAWN, language) ? DRAWN[language] : undefined
  if (draw) return draw
  const expected = Object.keys(DRAWN).join(' or ')
  throw new FaultError([{ code: 'INVALID_FLAG', message: `the flag --picture says ${JSON.stringify(language)}`, expected }])
}

interface ReadSuites {
  readonly suites: readonly Suite[]
  readonly isFaulty: boolean
}

function readSuites(settings: Settings, world: World): ReadSuites {
  const files = [...loadFiles(parsePaths(settings.scenarios, world.cwd), settings, world)]
  const faults = files.flatMap((file) => file.faults ?? [])
  for (const fault of faults) world.stderr.write(`${formatFault(fault)}\n`)
  return { suites: files.flatMap(({ suite }) => suite ?? []), isFaulty: faults.length > 0 }
}
