import type { Command } from '../command.ts'
import type { CommandLine } from '../command-line.ts'
import { readRunFlags } from '../run-flags.ts'
import type { World } from '../world.ts'

/** `cxspec run`: the main thing. */
export const run: Command = {
  operands: '[PATH[:LINE]…]',
  operandCount: { least: 0, most: Number.POSITIVE_INFINITY },
  about:
    'Runs scenarios against a target and reports what came of them: on the screen, as JUnit and as JSON. PATH is a scenario file, a\n' +
    'folder or a glob, and FILE:LINE one scenario. Without any, everything that is configured runs (default: the folder scenarios).',
  flags: [
    'grep',
    'tag',
    'target',
    'jobs',
    'bail',
    'retries',
    'strict',
    'fail-on-flaky',
    'baseline',
    'fail-on',
    'repeat',
    'shuffle',
    'shard',
    'durations',
    'last-failed',
    'only-affected',
    'resume',
    'timeout',
    'var',
    'coverage',
    'min-coverage',
    'reporter',
    'output',
    'flows',
    'list',
    'quiet',
    'verbose',
    'pass-with-no-tests',
    'seed',
    'no-cache',
    'config',
    'env-file',
  ],
  examples: [
    { command: 'cxspec run', effect: 'everything, on the emulator' },
    { command: 'cxspec run scenarios/menu.cxspec.yaml:12', effect: 'the scenario at line 12' },
    { command: "cxspec run --tag 'smoke and not slow' --bail", effect: 'by tag, until one does not pass' },
    { command: 'cxspec run --target staging -j 4 --retries 1', effect: 'on a tenant, gently' },
    { command: 'cxspec run --last-failed', effect: 'what did not pass in the last run' },
    { command: 'cxspec run --only-affected ../main/scenarios/flows', effect: 'what a change of flows affects' },
    { command: 'cxspec run --baseline nights --fail-on new', effect: 'red only for what is new since the last nights' },
    { command: 'cxspec run --min-coverage branches=90', effect: 'red where calls go through less of the flows' },
    { command: 'cxspec run --resume reports/journal.jsonl', effect: 'the rest of a run that was killed' },
    { command: 'cxspec run --shard 1/4', effect: 'the first of four parts, each on a machine of its own' },
    { command: 'cxspec run --reporter screen --reporter junit:file=out.xml', effect: 'with other reports' },
  ],
  async run(line, world) {
    const flags = readRunFlags(line)
    if (line.has('list')) return (await import('./list.ts')).listScenarios(line, world)
    return start(line, { ...flags, seed: flags.seed ?? Math.floor(world.random() * 2 ** 32) }, world)
  },
}

type Flags = ReturnType<typeof readRunFlags> & { readonly seed: number }

async function start(line: CommandLine, flags: Flags, world: World): Promise<number> {
  const { prepareRun } = await import('../prepare-run.ts')
  const { runSession } = await import('../run-session.ts')
  const { session, saveCache } = await prepareRun(line, flags, world)
  const exitCode = await runSession(session, world)
  saveCache()
  return exitCode
}
