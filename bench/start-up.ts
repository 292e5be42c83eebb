import { command } from './project.ts'
import { type Row, row, time } from './row.ts'
import { succeeded } from './scenario-files.ts'
import { median, timedRun } from './timed-run.ts'

const ROUNDS = 15
const GOAL_MS = 60

/** What `cxspec --help` takes beyond a node that does nothing. */
export async function benchStartUp(): Promise<Row[]> {
  const bare: number[] = []
  const help: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(succeeded(await timedRun(['-e', '0'], { withUsage: false })).ms)
    help.push(succeeded(await timedRun([command, '--help'], { withUsage: false })).ms)
  }
  const [bareMs, helpMs] = [median(bare), median(help)]
  return [row('cxspec --help', time(helpMs), `node -e 0 ${time(bareMs)}`, helpMs - bareMs, GOAL_MS, 'ms more')]
}
