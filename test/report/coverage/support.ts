import { seenFromFile } from '../../../src/flow/coverage/edition.ts'
import { execute } from '../../../src/flow/execute.ts'
import type { Flow } from '../../../src/flow/flow.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import type { RunEvent, SeenFlow } from '../../../src/model/event.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import type { Trace } from '../../../src/model/trace.ts'
import type { Coverage } from '../../../src/report/coverage/coverage.ts'
import { CoverageCollector } from '../../../src/report/coverage/coverage-collector.ts'
import type { Substitute } from '../../../src/report/coverage/editions.ts'
import { soundFlow } from '../../flow/support.ts'
import { failed, passed, runStarted } from '../support/run-script.ts'

/** A menu of which two keys lead to one node, and a flow that it calls. */
export const MENU = `flowId: menu
version: "3"
variables: { choice: "" }
nodes:
  - { id: start, type: Start, next: ask }
  - id: ask
    type: Menu
    variable: choice
    branches:
      "1": sales
      "2": sales
      "3": pin
      noInput: bye
      noMatch: bye
  - { id: sales, type: Queue, queue: sales, next: bye }
  - { id: pin, type: SubFlow, flowId: pin, next: sales }
  - { id: bye, type: Exit }
`

const PIN = `flowId: pin
nodes:
  - { id: start, type: Start, next: gather }
  - { id: gather, type: GatherInput, maxDigits: 4, branches: { default: done, noInput: done } }
  - { id: done, type: Exit }
`

export const menu = soundFlow(MENU, 'flows/menu.flow.yaml')
export const pin = soundFlow(PIN, 'flows/pin.flow.yaml')

/** What the API tells of a call: no branches. */
export function apiTrace(flow: Flow, dtmf: string, variables: JsonObject = {}): Trace {
  const trace = execute(
    flow,
    { dtmf, variables },
    { flows: createLibrary(flow.flowId === 'menu' ? [flow, pin] : [flow]), date: () => new Date(0) },
  )
  return { ...trace, visits: trace.visits.map(({ branch: _, ...visit }) => visit) }
}

/** The events of a scenario with one call. */
export function scenarioOf(name: string, trace: Trace, outcome: Outcome = passed, number = 1): RunEvent[] {
  const observation: Json = JSON.parse(JSON.stringify(trace))
  return [
    { type: 'scenario-started', atMs: 1, scenario: name },
    {
      type: 'step-finished',
      atMs: 2,
      scenario: name,
      try: number,
      step: 0,
      kind: 'debug',
      durationMs: 1,
      observation: observation as JsonObject,
    },
    { type: 'scenario-finished', atMs: 3, scenario: name, tries: number, durationMs: 2, outcome },
  ]
}

export const NOT_MET = failed({ code: 'X', message: 'wrong' })

export function seen(flow: Flow, more: Partial<SeenFlow> = {}): RunEvent {
  return { type: 'flow-seen', atMs: 1, ...seenFromFile(flow), ...more }
}

/** A run that knows its flows. */
export function runOf(...events: readonly RunEvent[]): RunEvent[] {
  return [runStarted, seen(menu), seen(pin), ...events]
}

export function collected(events: readonly RunEvent[], substitute?: Substitute): Coverage {
  const collector = new CoverageCollector(substitute)
  for (const event of events) collector.on(event)
  return collector.coverage()
}

/** `node "label"` of every branch that fits. */
export function branchesOf(
  coverage: Coverage,
  flowId: string,
  fits: (times: { passed: number; failed: number; ambiguous: number }) => boolean,
): string[] {
  const flow = coverage.flows.find(({ edition, isCurrent }) => isCurrent && edition.flow.flowId === flowId)
  return (flow?.nodes ?? []).flatMap(({ branches }) =>
    branches.filter(({ taken }) => fits(taken)).map(({ node, label }) => `${node} "${label}"`),
  )
}
