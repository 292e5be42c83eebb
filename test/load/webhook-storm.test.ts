import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import pLimit from 'p-limit'
import { isJsonObject, type JsonObject } from '../../src/model/json.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { toCallEvent } from '../../src/steps/simulation/call-event.ts'
import { CallLedger } from '../../src/steps/simulation/call-ledger.ts'
import { observeCalls } from '../../src/steps/simulation/observe-calls.ts'
import { createPoster } from '../../src/webhooks/poster.ts'
import { createReceiver } from '../../src/webhooks/receiver.ts'
import { dialerSuite } from '../cli/support/dialer.ts'
import { runCli } from '../cli/support/run-cli.ts'
import { openTenant } from '../cli/support/tenant.ts'
import { collectGarbage } from '../support/collect-garbage.ts'
import { Folder } from '../support/folder.ts'
import { eventsIn } from '../support/invariants/run-traces.ts'
import { realClock } from '../support/real-clock.ts'

const CALLS = 10_000
const OUTCOMES = ['answered', 'busy', 'no-answer', 'voicemail', 'dial-tone'] as const
const simulationId = 's-1'

interface Sent {
  readonly callId: string
  readonly outcome: (typeof OUTCOMES)[number]
}

/** One event for each call, less 1 %, and 1 % of them twice, and 5 % of them out of order. */
function storm(random: () => number): { readonly sent: readonly Sent[]; readonly lost: number; readonly doubled: number } {
  const all = Array.from({ length: CALLS }, (_none, index): Sent => {
    return { callId: `c-${index}`, outcome: OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? 'busy' }
  })
  const kept = all.filter(() => random() >= 0.01)
  const doubled = kept.filter(() => random() < 0.01)
  const sent = [...kept]
  for (const event of doubled) sent.splice(Math.floor(random() * sent.length), 0, event)
  for (let swaps = 0; swaps < CALLS * 0.05; swaps += 1) {
    const [moved] = sent.splice(Math.floor(random() * sent.length), 1)
    if (moved) sent.splice(Math.floor(random() * sent.length), 0, moved)
  }
  return { sent, lost: all.length - kept.length, doubled: doubled.length }
}

function bodyOf({ callId, outcome }: Sent): string {
  return JSON.stringify({ simulationId, callId, state: 'completed', timestamp: '2026-01-02T03:04:05Z', outcome, durationMs: 1_000 })
}

describe('10,000 call events of one simulation, some lost, doubled or out of order', function () {
  this.timeout(120_000)

  it('are counted right over the network, and take no memory but that of their calls', async () => {
    const { sent, lost, doubled } = storm(seededRandom(7))
    const ledger = new CallLedger(CALLS)
    ledger.identify(simulationId)
    const receiver = createReceiver({ clock: realClock, onSecret: () => undefined })
    const inbox = await receiver.open({
      take: (body) => {
        const event = toCallEvent(body, {})
        if (event) ledger.add(event)
        return event !== undefined
      },
      onRefused: ({ reason }) => expect.fail(reason),
    })
    const poster = createPoster()
    const atOnce = pLimit(32)
    const signal = new AbortController().signal
    const post = (event: Sent) =>
      atOnce(() =>
        poster.post({ url: inbox.url, headers: { 'content-type': 'application/json' }, body: bodyOf(event), timeoutMs: 30_000, signal }),
      )
    await Promise.all(sent.slice(0, 1_000).map(post))
    const before = memoryHeld()
    const answers = await Promise.all(sent.slice(1_000).map(post))
    const after = memoryHeld()
    poster.close()
    await receiver.close()
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]))
    expect(inbox.counts).to.deep.equal({ taken: sent.length, refused: 0, late: 0 })
    expect(ledger.counts).to.deep.include({ received: CALLS - lost + doubled, duplicates: doubled, late: 0, unknown: 0 })
    expect(ledger.ended).to.equal(CALLS - lost)
    const expected = Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, new Set(sent.filter((event) => event.outcome === outcome).map(({ callId }) => callId)).size]),
    )
    expect(observeCalls(ledger, { enabled: false, classes: [] })?.outcomes).to.deep.equal(expected)
    expect(after - before).to.be.below(20_000_000)
  })

  it('lead to the right verdict of a run against a tenant that sends them', async () => {
    const folder = new Folder({
      'scenarios/dialer.cxspec.yaml': dialerSuite(
        ['    expect: { callsCompleted: 10000, outcomes: { matchInjection: true }, within: 100s }'],
        CALLS,
      ).replace('concurrencyLimit: 5', 'concurrencyLimit: 100'),
      'scenarios/menu.flow.yaml':
        'flowId: menu\nversion: "1"\nnodes:\n  - { id: start, type: Start, next: exit }\n  - { id: exit, type: Exit, status: Completed }\n',
    })
    const tenant = await openTenant(folder.path, [], {
      faults: { seed: 7, faults: [], webhooks: { lose: 0.01, duplicate: 0.01, reorder: 0.05 } },
      webhooks: { atOnce: 32 },
    })
    const { code, stdout } = await runCli(['run'], { cwd: folder.path, env: tenant.env })
    const events = eventsIn(readFileSync(folder.at('reports/journal.jsonl'), 'utf8'))
    const deliveries = tenant.emulator.history.records('deliveries')
    tenant.emulator.close()
    await tenant.server.close()
    folder.remove()
    expect(code, stdout).to.equal(0)
    const finished = events.find((event) => event.type === 'step-finished')
    const observation = finished?.type === 'step-finished' ? finished.observation : undefined
    const lost = deliveries.filter(({ result }) => result === 'lost').length
    const doubled = deliveries.filter(({ fault }) => fault?.includes('doubled')).length / 2
    expect(lost).to.be.within(50, 200)
    expect(doubled).to.be.within(50, 200)
    expect(partOf(observation, 'events')).to.deep.include({ received: CALLS - lost + doubled, duplicates: doubled, lost })
    expect(partOf(observation, 'calls')).to.deep.include({ seen: CALLS - lost, ended: CALLS - lost })
    const journal = events.filter(({ type }) => type === 'inbox-closed')
    expect(journal).to.have.length(1)
  })
})

/** In bytes, without what is only waiting to be collected. */
function memoryHeld(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function partOf(observation: JsonObject | undefined, name: string): JsonObject {
  const part = observation?.[name]
  if (!isJsonObject(part)) throw new Error(`there is no ${name}`)
  return part
}
