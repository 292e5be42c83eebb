import { join } from 'node:path'
import { startServer } from './bench-server.ts'
import { type BenchProject, bareLoop, debugScenario, makeProject } from './project.ts'
import { type Row, row, time } from './row.ts'
import { median, type TimedRun, timedRun } from './timed-run.ts'

/** Goals for so many files: the ratio to the bare loop, cold and warm, and the memory in megabytes. */
export interface ScenarioGoals {
  readonly count: number
  readonly rounds: number
  readonly cold: number
  readonly warm?: number
  readonly megabytes?: number
}

interface Round {
  readonly bare: TimedRun
  readonly cold: TimedRun
  readonly warm: TimedRun
}

/**
 * Whole processes: `cxspec run` on so many files of 25 lines, without and with what an earlier run left behind, against the bare
 * loop that sends the same requests. All three take turns, so that a slow moment of the machine meets them alike.
 */
export async function benchScenarioFiles({ count, rounds, cold, warm, megabytes }: ScenarioGoals): Promise<Row[]> {
  const server = await startServer()
  const project = makeProject(server.baseUrl, count, debugScenario)
  try {
    const measured: Round[] = []
    for (let round = 0; round < rounds; round += 1) measured.push(await measure(server.baseUrl, project, count))
    const bareMs = median(measured.map((round) => round.bare.ms))
    const files = `${count.toLocaleString('en-US')} files`
    const coldMs = median(measured.map((round) => round.cold.ms))
    const warmMs = median(measured.map((round) => round.warm.ms))
    const memory = Math.max(...measured.flatMap((round) => [round.cold.megabytes, round.warm.megabytes]))
    const compared = (kind: 'cold' | 'warm'): string => `bare loop ${time(bareMs)}; CPU time ${cpuRatio(measured, kind).toFixed(2)} ×`
    return [
      row(`${files}, cold`, time(coldMs), compared('cold'), coldMs / bareMs, cold, '×'),
      row(`${files}, warm`, time(warmMs), compared('warm'), warmMs / bareMs, warm ?? cold, '×'),
      ...(megabytes === undefined ? [] : [row(`${files}, peak memory`, `${memory.toFixed(0)} MB`, '', memory, megabytes, 'MB')]),
    ]
  } finally {
    project.remove()
    server.stop()
  }
}

/** Of the least that any round took: what else the machine does only adds to it. */
function cpuRatio(rounds: readonly Round[], kind: 'cold' | 'warm'): number {
  return Math.min(...rounds.map((round) => round[kind].cpuMs)) / Math.min(...rounds.map(({ bare }) => bare.cpuMs))
}

async function measure(baseUrl: string, project: BenchProject, count: number): Promise<Round> {
  const bare = succeeded(await timedRun([bareLoop, baseUrl, String(count), join(project.folder, 'bare.xml')]))
  project.cool()
  const options = { cwd: project.folder, env: project.env }
  const cold = succeeded(await timedRun(project.run, options))
  const warm = succeeded(await timedRun(project.run, options))
  return { bare, cold, warm }
}

/** The run itself. Throws where it did not end well, since then its time means nothing. */
export function succeeded(run: TimedRun): TimedRun {
  if (run.exitCode !== 0) throw new Error(`a measured process ended with exit code ${run.exitCode}: ${run.stderr.slice(0, 2_000)}`)
  return run
}
