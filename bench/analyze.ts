import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largeFlow } from './large-flow.ts'
import { command } from './project.ts'
import { type Row, row, time } from './row.ts'
import { succeeded } from './scenario-files.ts'
import { median, timedRun } from './timed-run.ts'

const NODES = 100_000
const ROUNDS = 3
const GOAL_S = 2

/** What `cxspec analyze` takes for one flow of 100,000 nodes, from the start of the process until it is gone. */
export async function benchAnalyze(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cxspec-bench-'))
  try {
    writeFileSync(join(folder, 'large.flow.yaml'), largeFlow(NODES))
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(succeeded(await timedRun([command, 'analyze', 'large.flow.yaml'], { withUsage: false, cwd: folder })).ms)
    }
    const ms = median(times)
    return [row(`analyze ${NODES.toLocaleString('en')} nodes`, time(ms), '', ms / 1_000, GOAL_S, 's')]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
