import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent, RunStarted } from '../../src/model/event.ts'
import { FaultError } from '../../src/model/fault.ts'
import { mergeRuns } from '../../src/regression/merge-runs.ts'
import type { JournalSource } from '../../src/regression/outline.ts'
import { worstExitCode } from '../../src/runner/exit-code.ts'
import { renderFile } from '../report/support/render.ts'
import { failed, passed, planned, runFinished, runStarted, turn } from '../report/support/run-script.ts'

const menu = 'scenarios/menu.cxspec.yaml'
const pin = 'scenarios/pin.cxspec.yaml'

interface Part {
  readonly index?: number
  readonly count?: number
  readonly fingerprint?: string
  readonly startedAt?: string
  readonly started?: Partial<RunStarted>
  readonly events: readonly RunEvent[]
}

function source(
  name: string,
  { index = 1, count = 2, fingerprint = 'f', startedAt = '2026-01-02T03:04:05.000Z', started, events }: Part,
): JournalSource {
  const start: RunEvent = {
    ...runStarted,
    startedAt,
    hostname: `host-${name}`,
    shard: { index, count, fingerprint, scenarios: 3 },
    ...started,
  } as RunEvent
  return {
    name,
    events: async function* () {
      yield start
      yield* events
    },
  }
}

const finding = { code: 'X', message: 'wrong' }

const first: Part = {
  index: 1,
  events: [planned(menu, 'Menu', ['a']), ...turn(`${menu}#a`, { outcome: passed, atMs: 5 }), runFinished(0, 20)],
}

const second: Part = {
  index: 2,
  startedAt: '2026-01-02T03:04:06.000Z',
  events: [
    { ...planned(menu, 'Menu', ['', 'b']), scenarios: planned(menu, 'Menu', ['', 'b']).scenarios.slice(1) },
    planned(pin, 'PIN', ['c']),
    ...turn(`${menu}#b`, { outcome: failed(finding), atMs: 5 }),
    ...turn(`${pin}#c`, { outcome: passed, atMs: 6 }),
    runFinished(1, 30),
  ],
}

async function merged(...sources: JournalSource[]): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of mergeRuns(sources, worstExitCode)) events.push(event)
  return events
}

async function complaints(...sources: JournalSource[]): Promise<readonly string[]> {
  const error: unknown = await merged(...sources).catch((reason: unknown) => reason)
  if (error instanceof FaultError) return error.faults.map(({ message }) => message)
  throw new Error('the journals were merged')
}

describe('mergeRuns', () => {
  it('makes one run of the shards: one start, one plan of each file, one end with the worst exit code', async () => {
    const events = await merged(source('1', first), source('2', second))
    expect(events[0]).to.deep.include({ type: 'run-started', startedAt: '2026-01-02T03:04:05.000Z', hostname: 'host-1, host-2' })
    expect(events[0]).not.to.have.property('shard')
    const plans = events.filter((event) => event.type === 'suite-planned')
    expect(plans.map(({ file, scenarios }) => [file, scenarios.map(({ name }) => name)])).to.deep.equal([
      [menu, ['a', 'b']],
      [pin, ['c']],
    ])
    expect(events.at(-1)).to.deep.equal({ type: 'run-finished', atMs: 1_030, exitCode: 1 })
  })

  it('moves times to the earliest start', async () => {
    const events = await merged(source('1', first), source('2', second))
    const starts = events.flatMap((event) => (event.type === 'scenario-started' ? [[event.scenario, event.atMs]] : []))
    expect(starts).to.deep.equal([
      [`${menu}#a`, 5],
      [`${menu}#b`, 1_005],
      [`${pin}#c`, 1_006],
    ])
  })

  it('makes the same report in whatever order the journals are named', async () => {
    const [one, other] = [await merged(source('1', first), source('2', second)), await merged(source('2', second), source('1', first))]
    expect(await renderFile('json', one)).to.equal(await renderFile('json', other))
    expect(one).to.deep.equal(other)
  })

  it('has no end where a shard has none, so that no report is green', async () => {
    const dead = { ...first, events: first.events.slice(0, -1) }
    const events = await merged(source('1', dead), source('2', { ...second, events: [...second.events.slice(0, -1), runFinished(0, 30)] }))
    expect(events.some(({ type }) => type === 'run-finished')).to.equal(false)
  })

  it('takes a missing shard for an error', async () => {
    expect(await complaints(source('1', { ...first, count: 3 }), source('3', { ...second, index: 3, count: 3 }))).to.deep.equal([
      'shard 2/3 is missing: nobody knows what came of its scenarios',
    ])
    expect(await complaints(source('1', first))).to.have.length(1)
  })

  it('refuses a shard that is there twice, shards that were dealt differently, and a whole run among them', async () => {
    expect(await complaints(source('1', first), source('2', second), source('again', { ...second, events: [] }))).to.deep.equal([
      'again is shard 2/2 once more',
    ])
    expect((await complaints(source('1', first), source('2', { ...second, fingerprint: 'g' })))[0]).to.match(/dealt differently/)
    const { shard: _, ...whole } = runStarted as RunStarted
    const unsharded: JournalSource = {
      name: 'w',
      events: async function* () {
        yield whole
      },
    }
    expect(await complaints(source('1', first), source('2', second), unsharded)).to.deep.equal([
      'w is the journal of a whole run, and others are of shards',
    ])
  })

  it('refuses other targets and versions, and a scenario that stands in two journals', async () => {
    const target = { name: 'prod', baseUrl: 'https://prod.test' }
    expect(await complaints(source('1', first), source('2', { ...second, started: { target, version: '9' } }))).to.deep.equal([
      '2 does not belong to 1: its target is prod (https://prod.test), not emulator (http://emulator.internal)',
      '2 does not belong to 1: its version of cxspec is 9, not 1.2.3',
    ])
    expect(await complaints(source('1', first), source('2', { ...first, index: 2 }))).to.deep.equal([
      `${menu}#a stands in 1 and in 2: these are two runs`,
    ])
  })

  it('refuses what is no journal', async () => {
    expect(await complaints({ name: 'x', events: async function* () {} })).to.deep.equal([
      'x is not the journal of a run: it does not tell when the run started',
    ])
  })

  it('tells a file that no machine could read once', async () => {
    const refused: RunEvent = { type: 'file-refused', atMs: 1, file: 'bad.cxspec.yaml', faults: [{ code: 'X', message: 'bad' }] }
    const events = await merged(
      source('1', { ...first, events: [refused, ...first.events] }),
      source('2', { ...second, events: [refused, ...second.events] }),
    )
    expect(events.filter(({ type }) => type === 'file-refused')).to.have.length(1)
  })

  it('loses no scenario and makes none up, however they were dealt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }), async (homes) => {
        const parts = [0, 1, 2, 3].map((index) => {
          const names = homes.flatMap((home, at) => (home === index ? [`s${at}`] : []))
          const turns = names.flatMap((name) => turn(`${menu}#${name}`, { outcome: passed, atMs: 5 }))
          return source(String(index), { index: index + 1, count: 4, events: [planned(menu, 'M', names), ...turns, runFinished(0, 9)] })
        })
        const ended = (await merged(...parts)).flatMap((event) => (event.type === 'scenario-finished' ? [event.scenario] : []))
        expect(ended.sort()).to.deep.equal(homes.map((_, at) => `${menu}#s${at}`).sort())
      }),
      { numRuns: 30 },
    )
  })
})
