import type { RunEvent } from '../../../src/model/event.ts'
import type { Finding } from '../../../src/model/finding.ts'
import type { Problem } from '../../../src/model/problem.ts'
import { errored, failed, passed, planned, runFinished, runStarted, turn } from './run-script.ts'

const menu = 'scenarios/main-menu.cxspec.yaml'
const pin = 'scenarios/pin.cxspec.yaml'
const release = 'scenarios/release.cxspec.yaml'
const hours = 'scenarios/hours.cxspec.yaml'

const wrongQueue: Finding = {
  code: 'ROUTED_ELSEWHERE',
  message: 'expected the call to be routed to "queue_support", got "queue_sales"',
  expected: 'queue_support',
  actual: 'queue_sales',
  at: ['routedTo'],
  place: { file: menu, line: 16, column: 17, source: '      routedTo: queue_support', length: 13 },
  advice: 'compare the branch for key 2 of the menu with the scenario',
}

const wrongPath: Finding = {
  code: 'PATH_DIFFERS',
  message: 'expected node_route_support after node_menu_1, got node_route_sales',
  details: [
    '  node_start          node_start',
    '  node_menu_1         node_menu_1',
    '≠ node_route_support  node_route_sales',
    '  node_exit           node_exit',
  ],
  at: ['path', 2],
  place: { file: menu, line: 15, column: 39, source: '      path: [node_start, node_menu_1, node_route_support, node_exit]', length: 18 },
}

const refused: Problem = {
  code: 'FORBIDDEN',
  message: 'POST /api/v2/flows/{flowId}/compile was refused with 403: the client "ivr-tests" lacks the scope flow:write',
  advice: 'ask an administrator to grant the scope flow:write to this client',
  blocks: { api: 'flow-compile' },
  details: { status: 403, attempts: 1, correlationId: '1f0c7e52-8a77-4d0e-9a53-0a6f3b2f6d11' },
}

function retried(): RunEvent[] {
  const id = `${pin}#a wrong PIN is asked for again`
  const at = { scenario: id, step: 0, request: 0 }
  return [
    { type: 'scenario-started', atMs: 120, scenario: id },
    { type: 'request-intended', atMs: 120, ...at, try: 1, api: 'flow-debug', method: 'POST', path: '/api/v2/flows/debug' },
    { type: 'request-retried', atMs: 130, ...at, try: 1, attempt: 1, reason: '429 Too Many Requests', delayMs: 1_000 },
    { type: 'request-answered', atMs: 1_150, ...at, try: 1, status: 200, latencyMs: 12, attempts: 2, correlationId: 'c-1' },
    { type: 'step-finished', atMs: 1_151, scenario: id, try: 1, step: 0, kind: 'debug', durationMs: 1_031, findings: [wrongExit] },
    { type: 'try-finished', atMs: 1_151, scenario: id, try: 1, durationMs: 1_031, outcome: failed(wrongExit) },
    { type: 'request-intended', atMs: 1_152, ...at, try: 2, api: 'flow-debug', method: 'POST', path: '/api/v2/flows/debug' },
    { type: 'request-answered', atMs: 1_163, ...at, try: 2, status: 200, latencyMs: 11, attempts: 1, correlationId: 'c-2' },
    {
      type: 'step-finished',
      atMs: 1_164,
      scenario: id,
      try: 2,
      step: 0,
      kind: 'debug',
      durationMs: 12,
      observation: { exitNode: 'node_exit' },
    },
    { type: 'scenario-finished', atMs: 1_164, scenario: id, tries: 2, durationMs: 12, outcome: passed },
  ]
}

const wrongExit: Finding = {
  code: 'EXIT_NODE_DIFFERS',
  message: 'expected the call to end at node_exit, it ended at node_error',
  expected: 'node_exit',
  actual: 'node_error',
}

/** A run with something of everything, as the documentation shows it. */
export const sampleRun: readonly RunEvent[] = [
  runStarted,
  planned(menu, 'Main menu', ['key 1 reaches the sales queue', 'every key reaches its own queue [key=2, queue=queue_support]']),
  planned(pin, 'PIN entry', ['a wrong PIN is asked for again', 'a caller without a PIN reaches an agent']),
  planned(release, 'Release', ['the main menu compiles', 'the PIN flow compiles', 'the hours flow compiles']),
  {
    type: 'file-refused',
    atMs: 4,
    file: hours,
    faults: [
      {
        code: 'UNKNOWN_KEY',
        message: '"exitNod" is not a field of expect',
        place: { file: hours, line: 7, column: 7, source: '      exitNod: node_exit', length: 7 },
        advice: 'did you mean "exitNode"?',
      },
    ],
  },
  ...turn(`${menu}#key 1 reaches the sales queue`, { atMs: 5, durationMs: 18, outcome: passed }),
  ...turn(`${menu}#every key reaches its own queue [key=2, queue=queue_support]`, {
    atMs: 6,
    durationMs: 21,
    outcome: failed(wrongPath, wrongQueue),
  }),
  ...retried(),
  ...turn(`${pin}#a caller without a PIN reaches an agent`, {
    atMs: 1_170,
    tries: 0,
    outcome: { status: 'skipped', reason: 'waits for the new agent queue' },
  }),
  ...turn(`${release}#the main menu compiles`, { atMs: 1_200, durationMs: 31, outcome: errored(refused) }),
  ...turn(`${release}#the PIN flow compiles`, {
    atMs: 1_231,
    durationMs: 1,
    outcome: errored({ ...refused, details: { ...refused.details, correlationId: 'c-9' } }),
  }),
  ...turn(`${release}#the hours flow compiles`, { atMs: 1_233, durationMs: 1, outcome: errored(refused) }),
  runFinished(2, 1_240),
]
