import { startServer } from './bench-server.ts'
import { compileScenario, debugScenario, makeProject } from './project.ts'
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

/** From the first request to the last answer, as the server sees it, with answers that take their time: are all places always taken? */
export async function benchMakespan(): Promise<Row[]> {
  const server = await startServer({ answerMs: ANSWER_MS })
  const project = makeProject(server.baseUrl, CALLS, debugScenario)
  try {
    succeeded(await timedRun(project.run, { cwd: project.folder, env: project.env }))
    const { firstAtMs = 0, lastAtMs = 0 } = await server.stats()
    const idealMs = (CALLS / AT_ONCE) * ANSWER_MS
    const ms = lastAtMs - firstAtMs
    return [row(`${CALLS} calls of ${ANSWER_MS} ms, ${AT_ONCE} at once`, time(ms), `ideal ${time(idealMs)}`, ms / idealMs, CALLS_GOAL, '×')]
  } finally {
    project.remove()
    server.stop()
  }
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
