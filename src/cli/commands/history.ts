import { historyOf } from '../../regression/history.ts'
import { showHistory } from '../../regression/show-history.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { readRuns } from '../read-runs.ts'
import { screenColours } from '../screen-colours.ts'

/** `cxspec history PATH`: the trend over many runs. */
export const history: Command = {
  operands: 'PATH…',
  operandCount: { least: 1, most: Number.POSITIVE_INFINITY },
  about:
    'Shows the trend over many runs, from their journals (or folders with journals): how many scenarios passed, how long a run took, and\n' +
    'which scenarios are not steady, with the pass rate of each and the interval (Wilson, 95 %) in which its true rate lies.',
  flags: ['json'],
  examples: [
    { command: 'cxspec history nights', effect: 'all journals in a folder, also in folders below' },
    { command: 'cxspec history nights --json', effect: 'the same for other programs' },
  ],
  async run(line, world) {
    const runs = (await Promise.all(line.positionals.map((path) => readRuns(path, world)))).flat()
    const history = historyOf(runs)
    world.stdout.write(line.has('json') ? `${JSON.stringify(history, null, 2)}\n` : showHistory(history, screenColours(line, world)))
    return EXIT.ok
  },
}
