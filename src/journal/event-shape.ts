import type { RunEvent } from '../model/event.ts'
import { isJsonObject } from '../model/json.ts'

type Check = (value: unknown) => boolean
type Fields = Readonly<Record<string, Check>>

const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => typeof value === 'number'
const anything: Check = () => true
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value)
const object =
  (fields: Fields): Check =>
  (value) =>
    isJsonObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]))
const records =
  (check: Check): Check =>
  (value) =>
    isJsonObject(value) && Object.values(value).every(check)
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value))

const flag = optional(oneOf(true))
const place = object({ file: text, line: number, column: number, source: optional(text), length: optional(number) })
const fault = object({ code: text, message: text, place: optional(place), expected: optional(text), advice: optional(text) })
const problem = object({
  code: text,
  message: text,
  advice: optional(text),
  blocks: optional(either(oneOf('target'), object({ api: text }))),
  details: optional(object({})),
  place: optional(place),
})
const finding = object({
  code: text,
  message: text,
  details: optional(list(text)),
  advice: optional(text),
  at: optional(list(either(text, number))),
  place: optional(place),
  inconclusive: optional(oneOf(true, false)),
})
const excuse = object({ kind: oneOf('quarantine', 'known'), reason: text })
const findings = list(finding)
const interval = object({ low: number, high: number, confidence: number })
const evidence = object({
  claim: text,
  verdict: oneOf('met', 'unmet', 'inconclusive'),
  method: text,
  n: number,
  interval: optional(interval),
  statistic: optional(number),
  degreesOfFreedom: optional(number),
  p: optional(number),
  alpha: optional(number),
  samples: optional(number),
  callsNeeded: optional(number),
  remark: optional(text),
  classes: optional(
    list(object({ name: text, count: number, share: number, interval, expectedCount: optional(number), expectedShare: optional(number) })),
  ),
  at: optional(list(either(text, number))),
})
const outcome = either(
  object({ status: oneOf('passed') }),
  object({ status: oneOf('failed', 'inconclusive'), findings }),
  object({ status: oneOf('errored'), problem, findings }),
  object({ status: oneOf('skipped'), reason: text }),
  object({ status: oneOf('not-run'), cause: oneOf('stopped', 'interrupted'), reason: text }),
)

const ofStep: Fields = { scenario: text, try: number, step: number }
const ofNoStep: Fields = { scenario: optional(text), try: optional(number), step: optional(number) }
const ofRequest: Fields = { ...ofStep, request: number }

const jobFacts: Fields = {
  subject: optional(text),
  tag: optional(text),
  correlationId: optional(text),
  latencyMs: optional(number),
  httpStatus: optional(number),
  error: optional(text),
}

/** What readers of events rely on, field by field. Unknown fields are let through: a later version may write more. */
const SHAPES: Readonly<Record<RunEvent['type'], Fields>> = {
  'run-started': {
    runId: text,
    startedAt: text,
    version: text,
    target: object({ name: text, baseUrl: text }),
    seed: number,
    hostname: text,
    shard: optional(object({ index: number, count: number, fingerprint: text, scenarios: number })),
    shuffled: flag,
    resumes: optional(text),
  },
  'file-refused': { file: text, faults: list(fault) },
  'suite-planned': {
    file: text,
    name: text,
    scenarios: list(object({ id: text, name: text, line: number, tags: list(text), repeatOf: optional(text) })),
  },
  'scenario-started': { scenario: text },
  'request-intended': { ...ofRequest, api: text, method: text, path: text, body: anything, startsJob: flag, correlationId: optional(text) },
  'request-retried': { ...ofRequest, attempt: number, reason: text, delayMs: number },
  'request-answered': { ...ofRequest, status: number, latencyMs: number, attempts: number, correlationId: optional(text) },
  'request-failed': { ...ofRequest, attempts: number, problem },
  'delivery-refused': { ...ofNoStep, status: number, reason: text, times: optional(number) },
  'inbox-closed': { ...ofStep, taken: number, refused: number },
  'deliveries-late': { ...ofStep, late: number },
  'job-changed': { ...ofStep, job: text, id: text, status: text, ended: flag, ...jobFacts },
  'job-noted': {
    ...ofStep,
    job: text,
    id: optional(text),
    phase: oneOf('validated', 'dispatched', 'aggregated', 'stopped', 'left'),
    ...jobFacts,
  },
  'flow-seen': {
    flowId: text,
    version: optional(text),
    fingerprint: optional(text),
    definition: optional(object({})),
    file: optional(text),
    lines: optional(records(object({ line: number, branches: records(number) }))),
    emulated: flag,
    problem: optional(text),
  },
  'step-finished': {
    ...ofStep,
    kind: text,
    id: optional(text),
    teardown: flag,
    durationMs: number,
    observation: optional(object({})),
    findings: optional(findings),
    evidence: optional(list(evidence)),
    problem: optional(problem),
  },
  'try-finished': { scenario: text, try: number, durationMs: number, outcome },
  'scenario-finished': { scenario: text, tries: number, durationMs: number, outcome, excuse: optional(excuse) },
  'teardown-failed': { scenario: text, step: number, problem: optional(problem), findings: optional(findings) },
  'run-finished': { exitCode: number, interruption: optional(text), nothingSelected: optional(text), longestMs: optional(number) },
}

/** Whether a value is an event that every report can be made from. */
export function isRunEvent(value: unknown): value is RunEvent {
  return complaintAbout(value) === undefined
}

/** What keeps a value from being an event, as the end of a sentence; `undefined` where it is one. */
export function complaintAbout(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'is not a JSON object'
  const { type, atMs } = value
  if (typeof type !== 'string') return 'has no "type"'
  if (!isKnown(type)) return `has the type "${type}", which this version of cxspec does not know`
  if (typeof atMs !== 'number') return `is of the type "${type}" and needs a number as "atMs"`
  const wrong = Object.entries(SHAPES[type]).find(([name, check]) => !check(value[name]))
  return wrong && `is of the type "${type}" and has something else than expected under "${wrong[0]}"`
}

function isKnown(type: string): type is RunEvent['type'] {
  return Object.hasOwn(SHAPES, type)
}
