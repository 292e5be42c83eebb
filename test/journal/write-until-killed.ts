import { openJournal } from '../../src/journal/open-journal.ts'

// Writes events until it is killed. After each intent to start a job that is on the disk it says so, as the target would see the request.
const journal = openJournal(process.argv[2] ?? '', {
  onFailure: (error) => {
    throw error
  },
})
journal.append({
  ...{ type: 'run-started', atMs: 0, runId: '00000000-0000-4000-8000-000000000000', startedAt: '2026-01-02T03:04:05.000Z' },
  ...{ version: '0.0.0', target: { name: 'emulator', baseUrl: 'http://emulator.internal' }, seed: 1, hostname: 'runner-1' },
})
const place = { try: 1, step: 0, request: 0 }
for (let count = 0; ; count += 1) {
  const scenario = `menu.cxspec.yaml#${count}`
  journal.append({ type: 'scenario-started', atMs: count, scenario })
  const job = { api: 'flow-compile', method: 'POST', path: '/x', startsJob: true } as const
  journal.append({ type: 'request-intended', atMs: count, scenario, ...place, ...job })
  process.stdout.write(`${scenario}\n`)
  journal.append({ type: 'scenario-finished', atMs: count, scenario, tries: 1, durationMs: 1, outcome: { status: 'passed' } })
  await new Promise((resolve) => setImmediate(resolve))
}
