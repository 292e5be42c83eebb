import { stripVTControlCharacters } from 'node:util'
import { expect } from 'chai'
import type { RunEvent } from '../../../src/model/event.ts'
import { createReporters } from '../../../src/report/create-reporters.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { fakeEnvironment, renderScreen } from '../support/render.ts'
import { errored, failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

describe('screen', () => {
  it('says the same in colours', async () => {
    const coloured = await renderScreen(sampleRun, { env: { FORCE_COLOR: '1' } })
    expect(stripVTControlCharacters(coloured)).to.equal(await renderScreen(sampleRun))
    for (const part of [
      '\u001b[32m✓\u001b[39m',
      '\u001b[31m✗\u001b[39m',
      '\u001b[1mSummary\u001b[22m',
      '\u001b[36mscenarios/pin.cxspec.yaml:3\u001b[39m',
    ]) {
      expect(coloured).to.contain(part)
    }
  })

  it('says of a run in which all is well no more than that', async () => {
    const events = [runStarted, planned(file, 'Main menu', ['one', 'two']), ...twoPassed(), runFinished(0, 1_500)]
    expect(await renderScreen(events)).to.equal(
      [
        'cxspec 1.2.3  target emulator (http://emulator.internal)  seed 42',
        '',
        '✓ Main menu  scenarios/menu.cxspec.yaml  2 passed  30 ms',
        '  ✓ one  10 ms',
        '  ✓ two  20 ms',
        '',
        'Summary',
        '✓ 2 passed',
        '',
        'Duration   1.5 s',
        '',
        '✓ All 2 scenarios passed.',
        '',
      ].join('\n'),
    )
  })

  it('keeps to failures and the summary where it is to be quiet', async () => {
    const text = await renderScreen(sampleRun, { detail: 'quiet' })
    expect(text).to.match(/^\nWhat did not pass\n/)
    expect(text).to.contain('Summary\n').and.not.to.contain('key 1 reaches the sales queue')
  })

  it('lists steps, requests and every retry where it is to be verbose', async () => {
    const text = await renderScreen(sampleRun, { detail: 'verbose' })
    expect(text).to.contain(
      [
        '      try 1: failed',
        '      1. debug  1.0 s',
        '         attempt 1: 429 Too Many Requests; waited 1.0 s',
        '         POST /api/v2/flows/debug → 200 in 12 ms  correlation id c-1',
        '      try 2: passed',
      ].join('\n'),
    )
    expect(text).to.contain('run 5b7c1d3e-0f2a-4c6b-8d9e-1a2b3c4d5e6f')
  })

  it('tells what many scenarios have in common once', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `scenario ${index}`)
    const problem = { code: 'PLATFORM_UNAVAILABLE', message: 'the target failed too often', advice: 'try later' } as const
    const events = names.flatMap((name, index) =>
      turn(`${file}#${name}`, { outcome: errored({ ...problem, details: { correlationId: `c-${index}` } }), atMs: index }),
    )
    const text = await renderScreen([runStarted, planned(file, 'Menu', names), ...events, runFinished(3, 999)])
    expect(text.split('the target failed too often')).to.have.length(3)
    expect(text).to.contain('and 199 more scenarios for the same reason:').and.to.contain('… and 194 more, all of them in the reports')
  })

  it('tells findings apart by what they say', async () => {
    const events = [
      planned(file, 'Menu', ['one', 'two']),
      ...turn(`${file}#one`, { outcome: failed({ code: 'X', message: 'first' }), atMs: 1 }),
      ...turn(`${file}#two`, { outcome: failed({ code: 'X', message: 'second' }), atMs: 2 }),
    ]
    const text = await renderScreen([...events, runFinished(1, 9)])
    expect(text).to.contain('1) failed  Menu › one').and.to.contain('2) failed  Menu › two')
  })

  it('names scenarios that were cut off while they ran, and runs them again', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `scenario ${index}`)
    const started = names.slice(0, 12).map((name, index) => ({
      type: 'scenario-started' as const,
      atMs: index,
      scenario: `${file}#${name}`,
    }))
    const text = await renderScreen([runStarted, planned(file, 'Menu', names), ...started])
    expect(text).to.contain('Cut off while they ran: jobs of theirs may still be running').and.to.contain('○ 14 not run')
    expect(text.match(/^○ Menu › scenario \d+ {2}\S+:\d+$/gm)).to.have.length(10)
    expect(text)
      .to.contain('… and 2 more, all of them in the reports')
      .and.to.match(/Run again +cxspec run \S+/)
    expect(text).to.not.contain('scenario 12')
  })

  it('says why scenarios did not run, without a line for each', async () => {
    const outcome = { status: 'not-run', cause: 'interrupted', reason: 'the run was interrupted by SIGINT' } as const
    const events = ['one', 'two'].flatMap((name) => turn(`${file}#${name}`, { outcome, atMs: 5, tries: 0 }))
    const text = await renderScreen([
      runStarted,
      planned(file, 'Menu', ['one', 'two']),
      ...events,
      runFinished(130, 9, { interruption: 'SIGINT' }),
    ])
    expect(text).to.contain('○ 2 not run  the run was interrupted by SIGINT\n')
    expect(text).to.contain('✗ 0 of 2 scenarios passed. It ended early: SIGINT. (exit code 130)')
    expect(text).to.not.contain('one')
  })

  for (const [what, events, sentence] of [
    ['nothing was selected', [runFinished(4, 1)], 'No scenario was selected, so nothing was tested.'],
    ['everything was skipped', [...skipped(), runFinished(4, 1)], 'Every selected scenario was skipped, so nothing was tested.'],
    [
      'the process died',
      [planned(file, 'Menu', ['one', 'two']), ...turn(`${file}#one`, { outcome: passed, atMs: 1 })],
      'The run did not come to its end. 1 of 2 scenarios passed.',
    ],
    [
      'one scenario passed',
      [planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome: passed, atMs: 1 }), runFinished(0, 1)],
      '✓ The scenario passed.',
    ],
    ['no file could be used', [{ type: 'file-refused', atMs: 0, file, faults: [] }, runFinished(2, 1)], 'No scenario could be run.'],
  ] as const) {
    it(`says in a sentence that ${what}`, async () => {
      expect((await renderScreen([runStarted, ...(events as readonly RunEvent[])])).trimEnd().split('\n').at(-1)).to.contain(sentence)
    })
  }

  it('tells of a teardown that did not work', async () => {
    const text = await renderScreen([
      planned(file, 'Menu', ['one']),
      {
        type: 'teardown-failed',
        atMs: 9,
        scenario: `${file}#one`,
        step: 1,
        problem: { code: 'TIMEOUT', message: 'the reset took too long' },
      },
      ...turn(`${file}#one`, { outcome: passed, atMs: 1 }),
      runFinished(3, 10),
    ])
    expect(text)
      .to.contain('1) teardown  Menu › one')
      .and.to.contain('! the reset took too long')
      .and.to.contain('! 1 teardown did not work')
  })

  it('shows that a run goes on where nothing is drawn over', async () => {
    const clock = new FakeClock()
    const environment = fakeEnvironment('reports', { clock })
    const reporter = await createReporters([{ name: 'screen', options: {} }], environment)
    for (const event of [runStarted, planned(file, 'Menu', ['one', 'two']), ...turn(`${file}#one`, { outcome: passed, atMs: 1 })])
      reporter.on(event)
    await clock.advance(30_000)
    reporter.on({ type: 'scenario-started', atMs: 30_000, scenario: `${file}#two` })
    reporter.on({ type: 'scenario-started', atMs: 30_000, scenario: `${file}#two` })
    expect(environment.text().split('\n').slice(2)).to.deep.equal(['… 1 of 2 scenarios done: 1 passed', ''])
  })

  it('lets no name, message or answer act on the terminal or command the CI system', async () => {
    for (const detail of ['normal', 'verbose'] as const) expectHarmless(await renderScreen(naughtyRun(), { detail }))
  })

  it('writes no escape sequence but its own where there are colours', async () => {
    const text = await renderScreen(naughtyRun(), { env: { FORCE_COLOR: '1' }, detail: 'verbose' })
    expectHarmless(text.replace(/\p{Cc}\[\d{1,2}m/gu, ''))
  })
})

/** No byte that a terminal acts on but line ends, and no line that a CI system acts on. */
function expectHarmless(text: string): void {
  expect(text.match(/[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)).to.equal(null)
  for (const line of text.split('\n')) {
    expect(line.trim().startsWith('::'), line.slice(0, 80)).to.equal(false)
    expect(line).to.not.match(/##\w*\[/)
  }
}

function naughtyRun(): RunEvent[] {
  const names = naughtyStrings.map((text, index) => `${text}#${index}`)
  const turns = naughtyStrings.flatMap((text, index) => {
    const scenario = `${file}#${names[index]}`
    const at = { scenario, try: 1, step: 0, request: 0 }
    const place = { file: text, line: 1, column: 1, source: text }
    const finding = {
      code: text,
      message: text,
      expected: text,
      actual: { [text]: [text] },
      details: [text, `::${text}`],
      advice: text,
      place,
    }
    const problem = {
      code: 'PROTOCOL_ERROR',
      message: text,
      advice: text,
      details: { [text]: text, excerpt: text, correlationId: text },
    } as const
    const events: RunEvent[] = [
      { type: 'request-retried', atMs: index, ...at, attempt: 1, reason: text, delayMs: 5 },
      { type: 'request-answered', atMs: index, ...at, status: 200, latencyMs: 1, attempts: 2, correlationId: text },
      { type: 'job-changed', atMs: index, scenario, try: 1, step: 0, job: text, id: text, status: text },
      { type: 'step-finished', atMs: index, scenario, try: 1, step: 0, kind: text, id: text, durationMs: 1, findings: [finding] },
      { type: 'teardown-failed', atMs: index, scenario, step: 1, problem, findings: [finding] },
    ]
    return [...events, ...turn(scenario, { outcome: index % 2 === 0 ? failed(finding) : errored(problem), atMs: index, tries: 2 })]
  })
  return [
    { ...runStarted, version: '::error::x', target: { name: '\u001b[2J', baseUrl: '##[error]' } } as RunEvent,
    planned(file, naughtyStrings.slice(0, 40).join(' '), names),
    {
      type: 'file-refused',
      atMs: 0,
      file: '::error::\u001b[2J##[x]',
      faults: naughtyStrings.map((text) => ({ code: text, message: text, expected: text, advice: text })),
    },
    ...turns,
    runFinished(1, 99, { interruption: '\n::error::x' }),
  ]
}

function twoPassed(): RunEvent[] {
  return [...turn(`${file}#one`, { outcome: passed, atMs: 5 }), ...turn(`${file}#two`, { outcome: passed, atMs: 15, durationMs: 20 })]
}

function skipped(): RunEvent[] {
  return [planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome: { status: 'skipped', reason: 'later' }, atMs: 1, tries: 0 })]
}
