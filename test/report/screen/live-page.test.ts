import { expect } from 'chai'
import type { RunEvent } from '../../../src/model/event.ts'
import type { Reporter } from '../../../src/model/reporter.ts'
import { createReporters } from '../../../src/report/create-reporters.ts'
import { screenOf } from '../../../src/report/screen/screen-of.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'
import { fakeEnvironment, renderScreen } from '../support/render.ts'
import { passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

interface Live {
  readonly terminal: FakeTerminal
  readonly clock: FakeClock
  readonly reporter: Reporter
}

async function live(columns = 80, env: Readonly<Record<string, string>> = {}): Promise<Live> {
  const terminal = new FakeTerminal(columns)
  const clock = new FakeClock()
  const reporter = await createReporters(
    [{ name: 'screen', options: {} }],
    fakeEnvironment('reports', { clock, screen: screenOf(terminal, env, 'normal') }),
  )
  return { terminal, clock, reporter }
}

function tell(reporter: Reporter, events: readonly RunEvent[]): void {
  for (const event of events) reporter.on(event)
}

describe('the screen on a terminal', () => {
  it('shows how far the run is, and what runs now', async () => {
    const { terminal, clock, reporter } = await live()
    tell(reporter, [runStarted, planned(file, 'Menu', ['one', 'two']), ...turn(`${file}#one`, { outcome: passed, atMs: 1 })])
    reporter.on({ type: 'scenario-started', atMs: 20, scenario: `${file}#two` })
    await clock.advance(3_000)
    expect(terminal.text().split('\n').slice(-2)).to.deep.equal([
      `${'━'.repeat(12)}${'─'.repeat(12)} 1 of 2  1 passed  100 ms`,
      'running: two',
    ])
  })

  it('takes the progress away at the end and leaves what plain lines would have been', async () => {
    const { terminal, clock, reporter } = await live()
    for (const event of sampleRun) {
      reporter.on(event)
      await clock.advance(60)
    }
    await reporter.close()
    expect(terminal.text()).to.equal((await renderScreen(sampleRun)).trimEnd())
  })

  it('draws at most ten times a second, however much happens', async () => {
    const { terminal, clock, reporter } = await live()
    tell(reporter, [runStarted])
    const before = terminal.writes
    for (let index = 0; index < 100; index += 1) {
      const each = `scenarios/${index}.cxspec.yaml`
      tell(reporter, [planned(each, `Suite ${index}`, ['one']), ...turn(`${each}#one`, { outcome: passed, atMs: index * 10 })])
      await clock.advance(10)
    }
    const drawings = 1_000 / 100
    const writesForEach = 3
    expect(terminal.writes - before).to.be.within(drawings, drawings * writesForEach)
  })

  it('shows the last state although nothing else happens', async () => {
    const { terminal, clock, reporter } = await live()
    tell(reporter, [runStarted, planned(file, 'Menu', ['one'])])
    await clock.advance(100)
    tell(reporter, turn(`${file}#one`, { outcome: passed, atMs: 1 }))
    expect(terminal.text()).to.not.contain('✓ one')
    await clock.advance(100)
    expect(terminal.text()).to.contain('✓ one').and.to.contain('1 of 1')
  })

  it('keeps to a narrow window', async () => {
    for (const columns of [10, 24, 25, 26, 40]) {
      const { terminal, clock, reporter } = await live(columns)
      tell(reporter, [
        planned(file, 'Menu', ['a scenario with a long name that does not fit']),
        { type: 'scenario-started', atMs: 1, scenario: `${file}#a scenario with a long name that does not fit` },
      ])
      await clock.advance(100)
      for (const line of terminal.text().split('\n')) expect(line.length).to.be.below(columns)
    }
  })

  it('draws nothing over in CI', async () => {
    const { terminal, clock, reporter } = await live(80, { CI: 'true' })
    tell(reporter, [runStarted, planned(file, 'Menu', ['one'])])
    await clock.advance(1_000)
    expect(terminal.text()).to.not.contain('of 1')
    expect(clock.slept).to.deep.equal([])
  })

  it('leaves no timer behind', async () => {
    const { terminal, clock, reporter } = await live()
    tell(reporter, [runStarted, planned(file, 'Menu', []), runFinished(4, 5)])
    await reporter.close()
    const { writes } = terminal
    await clock.advance(10_000)
    expect(terminal.writes).to.equal(writes)
  })
})
