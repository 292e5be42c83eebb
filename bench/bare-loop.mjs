/**
 * What the speed of cxspec is compared with: the same requests, eight at once, by undici alone, and a JUnit file of the same
 * form. No scenario files, no checks, no retries. Arguments: base URL, number of requests, file to write.
 */
import { writeFileSync } from 'node:fs'
import { Agent, request } from 'undici'

const AT_ONCE = 8

const [baseUrl, count, file] = process.argv.slice(2)
const dispatcher = new Agent({ connections: AT_ONCE })
const names = Array.from({ length: Number(count) }, (_, index) => `scenarios.bench-${index}`)
const cases = []
let next = 0

async function post(path, headers, body) {
  const response = await request(`${baseUrl}${path}`, { dispatcher, method: 'POST', headers, body })
  return response.body.json()
}

async function work(authorization) {
  while (next < names.length) {
    const index = next++
    const startedAtMs = performance.now()
    const body = JSON.stringify({
      flowId: 'main-menu',
      input: { dtmf: '1' },
      options: { trace: true, includeVariables: true, maxLoops: 50 },
      variables: { language: 'en-US' },
    })
    const answer = await post('/api/v2/flows/debug', { authorization, 'content-type': 'application/json' }, body)
    cases[index] = { isFailed: answer.exitNode !== 'node_exit', seconds: ((performance.now() - startedAtMs) / 1_000).toFixed(3) }
  }
}

function suite({ isFailed, seconds }, index) {
  const name = names[index]
  const counts = `tests="1" failures="${isFailed ? 1 : 0}" errors="0" skipped="0"`
  return `  <testsuite name="${name}" ${counts} time="${seconds}">
    <testcase classname="${name}" name="key 1 reaches the sales queue" time="${seconds}" file="scenarios/bench-${index}.cxspec.yaml" line="7">${isFailed ? '<failure/>' : ''}</testcase>
  </testsuite>`
}

const { access_token: token } = await post(
  '/oauth/token',
  { 'content-type': 'application/x-www-form-urlencoded' },
  'grant_type=client_credentials',
)
await Promise.all(Array.from({ length: AT_ONCE }, () => work(`Bearer ${token}`)))
await dispatcher.close()
const failures = cases.filter(({ isFailed }) => isFailed).length
writeFileSync(
  file,
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bare" tests="${cases.length}" failures="${failures}" errors="0">\n${cases.map(suite).join('\n')}\n</testsuites>\n`,
)
