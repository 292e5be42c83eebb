import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JournalOptions, openJournal } from '../../src/journal/open-journal.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { everyField } from '../support/evidence.ts'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cxspec-journal-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const id = 'scenarios/menu.cxspec.yaml#key 1'

/** A small run, with one event of every type. */
export const story: readonly RunEvent[] = [
  {
    type: 'run-started',
    atMs: 0,
    runId: '00000000-0000-4000-8000-000000000000',
    startedAt: '2026-01-02T03:04:05.000Z',
    version: '0.0.0',
    target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
    seed: 1,
    hostname: 'runner-1',
  },
  { type: 'file-refused', atMs: 1, file: 'bad.cxspec.yaml', faults: [{ code: 'UNKNOWN_KEY', message: 'no such key' }] },
  {
    type: 'suite-planned',
    atMs: 2,
    file: 'scenarios/menu.cxspec.yaml',
    name: 'Menü',
    scenarios: [{ id, name: 'key 1', line: 4, tags: [] }],
  },
  { type: 'scenario-started', atMs: 3.25, scenario: id },
  {
    ...{ type: 'request-intended', atMs: 4, scenario: id, try: 1, step: 0, request: 0 },
    ...{ api: 'flow-compile', method: 'POST', path: '/api/v2/flows/menu/compile', startsJob: true },
  },
  { type: 'request-retried', atMs: 5, scenario: id, try: 1, step: 0, request: 0, attempt: 1, reason: '503', delayMs: 20 },
  { type: 'request-answered', atMs: 6, scenario: id, try: 1, step: 0, request: 0, status: 201, latencyMs: 3, attempts: 2 },
  {
    type: 'request-failed',
    atMs: 7,
    scenario: id,
    try: 1,
    step: 0,
    request: 1,
    attempts: 3,
    problem: { code: 'TIMEOUT', message: 'late' },
  },
  { type: 'job-changed', atMs: 8, scenario: id, try: 1, step: 0, job: 'compile', id: 'c-1', status: 'QUEUED' },
  {
    type: 'step-finished',
    atMs: 9,
    scenario: id,
    try: 1,
    step: 0,
    kind: 'compile',
    durationMs: 5,
    observation: { text: 'a\n"b"\u2028\ud800' },
    evidence: [everyField],
  },
  {
    ...{ type: 'try-finished', atMs: 10, scenario: id, try: 1, durationMs: 6 },
    outcome: { status: 'failed', findings: [{ code: 'X', message: 'y' }] },
  },
  { type: 'teardown-failed', atMs: 11, scenario: id, step: 1, problem: { code: 'NOT_FOUND', message: 'gone' } },
  { type: 'scenario-finished', atMs: 12, scenario: id, tries: 2, durationMs: 6.5, outcome: { status: 'passed' } },
  { type: 'run-finished', atMs: 13, exitCode: 2 },
]

/** For journals that must not fail. */
export function rethrow(error: unknown): never {
  throw error
}

/** Writes events to a journal of their own. Throws what the journal says. */
export function writeJournal(path: string, events: readonly RunEvent[], options: Partial<JournalOptions> = {}): void {
  const journal = openJournal(path, { onFailure: rethrow, ...options })
  for (const event of events) journal.append(event)
  journal.close()
}

/** The lines of a file, without line ends. */
export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1)
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}
