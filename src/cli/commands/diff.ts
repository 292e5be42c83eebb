import { compareRuns, type RunComparison } from '../../regression/compare-runs.ts'
import { comparisonJson } from '../../regression/comparison-json.ts'
import { showComparison } from '../../regression/show-comparison.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { readFailOn } from '../fail-on.ts'
import { readRuns } from '../read-runs.ts'
import { screenColours } from '../screen-colours.ts'

/** `cxspec diff OLD NEW`: what differs between two runs, or two sets of runs. */
export const diff: Command = {
  operands: 'OLD NEW',
  operandCount: { least: 2, most: 2 },
  about:
    'Compares two runs by their journals: what newly fails, is fixed, still fails, goes another way through its flow, has no verdict any\n' +
    'more, appeared or is gone. Where OLD or NEW is a folder with several journals, also what has become slower: by a rank test over all\n' +
    'of their durations (Mann and Whitney, p < 0.001), since one slow run says nothing.\n' +
    'Exits 0 whatever it finds; with --fail-on new, 1 where something newly fails or has become slower.',
  flags: ['fail-on', 'json'],
  examples: [
    { command: 'cxspec diff last-night.jsonl reports/journal.jsonl', effect: 'this run and the one of last night' },
    { command: 'cxspec diff nights reports --fail-on new', effect: 'fail only on what is new' },
  ],
  async run(line, world) {
    const failsOnNew = readFailOn(line)
    const [old = '', current = ''] = line.positionals
    const comparison = compareRuns(await readRuns(old, world), await readRuns(current, world))
    world.stdout.write(line.has('json') ? comparisonJson(comparison) : showComparison(comparison, screenColours(line, world)))
    return failsOnNew && isWorse(comparison) ? EXIT.failed : EXIT.ok
  },
}

function isWorse({ newlyFailing, newlySlow }: RunComparison): boolean {
  return newlyFailing.length + newlySlow.length > 0
}
