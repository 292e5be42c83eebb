import { join } from 'node:path'
import { type ServerStats, startServer } from './bench-server.ts'
import { bareLoop, compileScenario, debugScenario, makeProject } from './project.ts'
import { type Row, row, time } from './row.ts'
import { succeeded } from './scenario-files.ts'
import { timedRun } from './timed-run.ts'

const AT_ONCE = 8
const CALLS = 800
const ANSWER_MS = 50
const CALLS_GOAL = 1.05
const JOBS = 1_000
const JOB_MS = 1_000
const JOBS_OPEN = 200
const JOBS_GOAL_MS = 8_000

/**
 * From the first request to the last answer, as the server sees it, with answers that take their time: are all places always taken?
 * Ideal is the time that the answers really took, shared by the places: a timer of 50 ms takes a little longer.
 */
export async function benchMakespan(): Promise<Row[]> {
  const server = await startServer({ answerMs: ANSWER_MS })
  const project = makeProject(server.baseUrl, CALLS, debugScenario)
  try {
    succeeded(await timedRun([bareLoop, server.baseUrl, String(CALLS), join(project.folder, 'bare.xml')]))
    const bare = spanOf(await server.stats())
    succeeded(await timedRun(project.run, { cwd: project.folder, env: project.env }))
    const { ms, idealMs } = spanOf(await server.stats())
    const compared = `ideal ${time(idealMs)} (bare loop ${(bare.ms / bare.idealMs).toFixed(2)} ×)`
    return [row(`${CALLS} calls of ${ANSWER_MS} ms, ${AT_ONCE} at once`, time(ms), compared, ms / idealMs, CALLS_GOAL, '×')]
  } finally {
    project.remove()
    server.stop()
  }
}

function spanOf({ firstAtMs = 0, lastAtMs = 0, answerMs }: ServerStats): { readonly ms: number; readonly idealMs: number } {
  return { ms: lastAtMs - firstAtMs, idealMs: answerMs / AT_ONCE }
}

/** Many compilations: a job that is only waited for must hold no place among the requests. */
export async function benchCompileJobs(): Promise<Row[]> {
  const server = await startServer({ jobMs: JOB_MS })
  const project = makeProject(server.baseUrl, JOBS, compileScenario)
  try {
    const { ms } = succeeded(await timedRun(project.run, { cwd: project.folder, env: project.env }))
    const { polls, jobs } = await server.stats()
    const idealMs = (JOBS / JOBS_OPEN) * JOB_MS
    const compared = `${time(idealMs)} with ${JOBS_OPEN} jobs open; ${(polls / jobs).toFixed(1)} polls a job`
    return [row(`${JOBS} compilations of ${time(JOB_MS)}`, time(ms), compared, ms / 1_000, JOBS_GOAL_MS / 1_000, 's')]
  } finally {
    project.remove()
    server.stop()
  }
}
