import type { ApiRequest, Client, Send } from '../../src/api/send.ts'
import type { Clock } from '../../src/model/clock.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Fault } from '../../src/model/fault.ts'
import type { Json } from '../../src/model/json.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import type { Scenario, Step } from '../../src/model/suite.ts'
import { run } from '../../src/runner/run.ts'
import type { LoadedFile, LoadedFiles, RunOptions, RunSummary, RunWorld } from '../../src/runner/run-options.ts'
import type { PerformStep, StepResult } from '../../src/steps/perform-step.ts'
import type { StepContext } from '../../src/steps/step-kind.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { stepSettings } from '../support/step-settings.ts'

/** What a fake step does, by the name of its kind. Each takes one turn of the event loop at least. */
export type Fake = (context: StepContext, step: { readonly input: Step['input'] }) => Promise<StepResult | undefined>

export const met: StepResult = { observation: { seen: true }, findings: [], outputs: { seen: true } }

export function unmet(code = 'NODE_NOT_VISITED'): StepResult {
  return { ...met, findings: [{ code, message: 'the call never entered "node_sales"', at: ['visits', 0] }] }
}

const inconclusive: StepResult = {
  ...met,
  findings: [{ code: 'TOO_FEW_CALLS', message: 'too few calls to say', inconclusive: true }],
}

export const problems = {
  server: { code: 'SERVER_ERROR', message: 'POST /x answered 500' },
  unknown: { code: 'UNKNOWN_OUTCOME', message: 'nobody knows whether a job was started' },
  credentials: { code: 'AUTHENTICATION_FAILED', message: 'client "id-1" was refused by /token', blocks: 'target' },
  outage: { code: 'PLATFORM_UNAVAILABLE', message: 'the target failed 5 times in a row', blocks: 'target' },
  scope: { code: 'FORBIDDEN', message: 'the scope flow:debug is missing', blocks: { api: 'flow-debug' } },
} as const satisfies Record<string, Problem>

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The repertoire of steps. */
export const fakes = {
  pass: async () => met,
  fail: async () => unmet(),
  doubt: async () => inconclusive,
  error: () => Promise.reject(new ProblemError(problems.server)),
  break: () => Promise.reject(new TypeError('undefined is not a function')),
  /** Waits for ever, but heeds its signal. */
  hang: (context) => context.clock.sleep(1e9, context.signal).then(() => met),
  /** Waits for ever, whatever its signal says. */
  ignore: () => new Promise(() => undefined),
  /** Works for `input.ms`. */
  work: (context, { input }) => context.clock.sleep(Number(input['ms'] ?? 1), context.signal).then(() => met),
  /** A job of `input.ms`, waited for without a place. */
  job: (context, { input }) =>
    context.openJob(async () => {
      await turn()
      await context.park(() => context.clock.sleep(Number(input['ms'] ?? 1), context.signal))
      await turn()
      return met
    }),
} as const satisfies Record<string, Fake>

export function step(kind: string, fields: Partial<Step> = {}): Step {
  return { kind, input: {}, expect: {}, pointer: ['scenarios', 0], ...fields }
}

/** A scenario of the given steps; kinds stand for steps that need nothing else. */
export function scenario(name: string, steps: readonly (string | Step)[] = ['pass'], fields: Partial<Scenario> = {}): Scenario {
  const all = steps.map((one) => (typeof one === 'string' ? step(one) : one))
  return { id: `menu.cxspec.yaml#${name}`, name, line: 1, tags: [], steps: all, ...fields }
}

export function file(name: string, scenarios: readonly Scenario[]): LoadedFile {
  const own = scenarios.map((one) => ({ ...one, id: `${name}#${one.name}` }))
  return { file: name, suite: { file: name, name: `Suite of ${name}`, scenarios: own } }
}

export function refused(name: string): LoadedFile {
  const fault: Fault = { code: 'UNKNOWN_KEY', message: '"exitNod" is not a field of expect' }
  return { file: name, faults: [fault] }
}

export interface FixtureOptions extends Partial<Omit<RunOptions, 'limits' | 'timeouts'>> {
  readonly kinds?: Readonly<Record<string, Fake>>
  readonly limits?: Partial<RunOptions['limits']>
  readonly timeouts?: Partial<RunOptions['timeouts']>
  readonly clock?: Clock
  readonly signal?: AbortSignal
  readonly send?: Send
  readonly onEvent?: (event: RunEvent) => void
  readonly receiver?: RunWorld['receiver']
  readonly bind?: RunWorld['bind']
  readonly locate?: RunWorld['locate']
  readonly excuse?: RunWorld['excuse']
}

export interface RunRecord {
  readonly events: readonly RunEvent[]
  readonly summary: RunSummary
}

/** Runs files, or the scenarios of one file, in a world without network, disk and real time. */
export async function record(files: LoadedFiles | readonly Scenario[], options: FixtureOptions = {}): Promise<RunRecord> {
  const events: RunEvent[] = []
  const world = fakeWorld(options, (event) => {
    events.push(event)
    options.onEvent?.(event)
  })
  const summary = await run(isScenarios(files) ? [{ file: 'menu.cxspec.yaml', suite: suiteOf(files) }] : files, world, runOptions(options))
  return { events, summary }
}

function suiteOf(scenarios: readonly Scenario[]): NonNullable<LoadedFile['suite']> {
  return { file: 'menu.cxspec.yaml', name: 'Main menu', scenarios }
}

function isScenarios(files: LoadedFiles | readonly Scenario[]): files is readonly Scenario[] {
  return Array.isArray(files) && files.every((one) => 'steps' in one)
}

function fakeWorld(options: FixtureOptions, emit: (event: RunEvent) => void): RunWorld {
  const repertoire: Readonly<Record<string, Fake>> = { ...fakes, ...options.kinds }
  const perform = (fake: Fake): PerformStep =>
    Object.assign(
      async (one: Parameters<PerformStep>[0], context: StepContext) => {
        await turn()
        return (await fake(context, one)) ?? met
      },
      { needsMs: ({ needsMs }: Step['input']) => (typeof needsMs === 'number' ? needsMs : undefined) },
    )
  return {
    kinds: new Map(Object.entries(repertoire).map(([key, fake]) => [key, perform(fake)])),
    client: fakeClient(options.send ?? (async () => ({ status: 200, headers: {}, body: null, latencyMs: 1, attempts: 1 }))),
    clock: options.clock ?? new FakeClock({ auto: true }),
    random: () => 0.5,
    emit,
    ...(options.receiver ? { receiver: options.receiver } : {}),
    ...(options.excuse ? { excuse: options.excuse } : {}),
    signal: options.signal ?? new AbortController().signal,
    bind: options.bind ?? ((one) => one),
    locate: options.locate ?? ((path, pointer) => ({ file: path, line: pointer.length, column: 1 })),
  }
}

/** Tells of each request as a real client does. */
function fakeClient(send: Send): Client {
  return {
    with: ({ observe }) => {
      let count = 0
      return async (request) => {
        const number = count++
        observe(intent(number, request))
        try {
          const answer = await send(request)
          observe({ type: 'request-answered', request: number, status: answer.status, latencyMs: 1, attempts: 1 })
          return answer
        } catch (error) {
          if (error instanceof ProblemError) observe({ type: 'request-failed', request: number, attempts: 1, problem: error.problem })
          throw error
        }
      }
    },
    close: async () => undefined,
  }
}

function intent(request: number, { api, method, path, startsJob, correlationId }: ApiRequest) {
  const told = { type: 'request-intended' as const, request, api, method, path }
  return { ...told, ...(startsJob ? { startsJob } : {}), ...(correlationId === undefined ? {} : { correlationId }) }
}

export function request(fields: Partial<ApiRequest> = {}): ApiRequest {
  return { api: 'flow-debug', scopes: ['flow:debug'], method: 'POST', path: '/api/v2/flows/debug', body: {} as Json, ...fields }
}

function runOptions({ limits, timeouts, ...options }: FixtureOptions): RunOptions {
  return {
    runId: '00000000-0000-4000-8000-000000000000',
    seed: 1,
    version: '0.0.0',
    hostname: 'runner-1',
    target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
    limits: { requestsAtOnce: 8, jobsOpen: 200, ...limits },
    timeouts: { stepMs: 0, scenarioMs: 0, runMs: 0, ...timeouts },
    steps: stepSettings,
    ...options,
  }
}

/** Lets a recording go on to its end, moving the clock only when nothing else can run. Resolves with the milliseconds that it took. */
export async function playOut(clock: FakeClock, recording: Promise<unknown>, stepMs = 10): Promise<number> {
  let isOver = false
  void recording.then(() => {
    isOver = true
  })
  for (;;) {
    for (let turns = 0; turns < 250 && !isOver; turns += 1) await turn()
    if (isOver) return clock.now()
    await clock.advance(stepMs)
  }
}

/** The events of one type, in order. */
export function only<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type): Extract<RunEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type)
}

/** How each scenario ended, by its name. */
export function outcomes(events: readonly RunEvent[]): Readonly<Record<string, string>> {
  return Object.fromEntries(only(events, 'scenario-finished').map(({ scenario: id, outcome }) => [id.split('#')[1], outcome.status]))
}
