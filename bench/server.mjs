/**
 * An API with fixed answers, in a process of its own: a token, a debug call that always goes the same way, and compilations that
 * take `JOB_MS`. Debug answers come after `ANSWER_MS`. Tells its port to its parent, and on `stats` what it saw since the last time.
 */
import { createServer } from 'node:http'

const answerMs = Number(process.env.ANSWER_MS ?? 0)
const jobMs = Number(process.env.JOB_MS ?? 0)

const token = JSON.stringify({ access_token: 'bench-token', token_type: 'Bearer', expires_in: 3600 })
const call = JSON.stringify({
  path: ['node_start', 'node_menu_1', 'node_route_sales', 'node_exit'],
  variables: { language: 'en-US', selected_option: '1' },
  exitNode: 'node_exit',
  duration: 42,
  trace: [
    { nodeId: 'node_start', type: 'Start', timestamp: 0, variables: { language: 'en-US' } },
    { nodeId: 'node_menu_1', type: 'GatherInput', timestamp: 12, input: '1', variables: { selected_option: '1' } },
    { nodeId: 'node_route_sales', type: 'Route', timestamp: 30, target: 'queue_sales' },
    { nodeId: 'node_exit', type: 'Exit', timestamp: 42, status: 'Completed' },
  ],
})

/** When each compilation ends. */
const jobs = new Map()
let stats = newStats()

function newStats() {
  return { calls: 0, answerMs: 0, polls: 0, jobs: 0, firstAtMs: undefined, lastAtMs: undefined }
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function debug(response) {
  const receivedAtMs = performance.now()
  stats.calls += 1
  const finish = () => {
    answer(response, 200, call)
    stats.lastAtMs = performance.now()
    stats.answerMs += stats.lastAtMs - receivedAtMs
  }
  if (answerMs > 0) setTimeout(finish, answerMs)
  else finish()
}

function startCompilation(response) {
  stats.jobs += 1
  const compileId = `job-${jobs.size}`
  jobs.set(compileId, performance.now() + jobMs)
  answer(response, 201, JSON.stringify({ compileId, status: 'QUEUED' }))
}

function compilation(response, compileId) {
  stats.polls += 1
  const isDone = performance.now() >= (jobs.get(compileId) ?? 0)
  stats.lastAtMs = performance.now()
  answer(response, 200, JSON.stringify({ flowId: 'main-menu', status: isDone ? 'COMPLETED' : 'IN_PROGRESS', errors: [], warnings: [] }))
}

function handle(request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://bench')
  if (pathname === '/oauth/token') return answer(response, 200, token)
  stats.firstAtMs ??= performance.now()
  if (pathname === '/api/v2/flows/debug') return debug(response)
  if (request.method === 'POST' && pathname.endsWith('/compile')) return startCompilation(response)
  return compilation(response, pathname.split('/').at(-1))
}

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => handle(request, response))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))

process.on('message', (message) => {
  if (message !== 'stats') return
  process.send?.({ stats })
  stats = newStats()
})
process.on('disconnect', () => process.exit())
