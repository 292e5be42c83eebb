import type { FileRefused, RunEvent, RunStarted } from '../../model/event.ts'
import { printable } from '../../model/printable.ts'
import type { Reporter } from '../../model/reporter.ts'
import { type Colours, coloursOf } from '../colours.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { ScenarioReport, SuiteReport } from '../run-report.ts'
import { showCount } from '../show.ts'
import { headline } from '../story.ts'
import { Failures } from './failures.ts'
import { countWords, marks } from './marks.ts'
import { type Page, plainPage } from './page.ts'
import { progressLines } from './progress.ts'
import type { RerunPlace } from './rerun.ts'
import { scenarioLines, suiteBlock } from './suite-block.ts'
import { type CutOffScenario, type ExcusedScenario, type FlakyScenario, summary } from './summary.ts'

/** Where nothing is drawn over, a line shows that the run goes on after so long without one: CI systems end a silent job. */
const SILENCE_MS = 30_000

/**
 * What a person reads along: each scenario file as soon as it is done, on a terminal with a progress bar below; at the end the
 * whole story of everything that did not pass, and a summary. Text of scenarios and targets cannot move the cursor.
 */
export async function screen(request: ReportRequest): Promise<Reporter> {
  const reporter = new ScreenReporter(request)
  if (request.screen.isLive && request.screen.detail !== 'quiet') await reporter.goLive()
  return reporter
}

class ScreenReporter implements Reporter {
  readonly #request: ReportRequest
  readonly #colours: Colours
  readonly #collector: RunCollector<string>
  readonly #failures: Failures
  readonly #flaky: FlakyScenario[] = []
  readonly #cutOff: CutOffScenario[] = []
  readonly #excused: ExcusedScenario[] = []
  readonly #again: RerunPlace[] = []
  readonly #names = new Map<string, string>()
  readonly #running = new Map<string, string>()
  readonly #startMs: number
  #planned = 0
  #notRunReason: string | undefined
  #isLive = false
  #page: Page
  #writtenAtMs: number

  constructor(request: ReportRequest) {
    this.#request = request
    this.#colours = coloursOf(request.screen.hasColours)
    this.#failures = new Failures(this.#colours)
    this.#startMs = request.clock.now()
    this.#writtenAtMs = this.#startMs
    this.#page = plainPage(request.screen.write, request.clock)
    this.#collector = new RunCollector({ keep: (scenario) => this.#keep(scenario), onSuite: (suite) => this.#showSuite(suite) })
  }

  /** Draws progress from now on. */
  async goLive(): Promise<void> {
    const { livePage } = await import('./live-page.ts')
    const { screen: terminal, clock } = this.#request
    this.#page = livePage(terminal, clock, () => this.#progress())
    this.#isLive = true
  }

  on(event: RunEvent): void {
    this.#collector.on(event)
    this.#follow(event)
    this.#page.refresh()
    if (!this.#isLive) this.#breakSilence()
  }

  async close(): Promise<void> {
    const run = this.#collector.report()
    for (const teardown of run.teardownsFailed) this.#failures.addTeardown(teardown)
    this.#page.close()
    const { screen: terminal, written, rerunCommand } = this.#request
    const facts = {
      flaky: this.#flaky,
      cutOff: this.#cutOff,
      excused: this.#excused,
      again: this.#again,
      notRunReason: this.#notRunReason,
      reports: written(),
      rerunCommand,
    }
    terminal.write(`${this.#failures.text()}${summary(run, facts, this.#colours)}`)
  }

  #follow(event: RunEvent): void {
    switch (event.type) {
      case 'run-started':
        this.#show(this.#title(event))
        return
      case 'file-refused':
        this.#showRefused(event)
        return
      case 'suite-planned':
        this.#planned += event.scenarios.length
        if (this.#isLive) for (const { id, name } of event.scenarios) this.#names.set(id, name)
        return
      case 'scenario-started':
        this.#running.set(event.scenario, this.#names.get(event.scenario) ?? '')
        return
      case 'scenario-finished':
        this.#running.delete(event.scenario)
        this.#names.delete(event.scenario)
    }
  }

  #title({ version, target, seed, runId, shard, shuffled }: RunStarted): string {
    const { bold, dim } = this.#colours
    const run = this.#isVerbose ? `  run ${printable(runId)}` : ''
    const order = shuffled ? ' (shuffled)' : ''
    const part = shard ? `  shard ${shard.index}/${shard.count} of ${showCount(shard.scenarios, 'scenario')}` : ''
    const facts = `target ${printable(`${target.name} (${target.baseUrl})`)}  seed ${seed}${order}${part}${run}`
    return `${bold(`cxspec ${printable(version)}`)}  ${dim(facts)}\n\n`
  }

  #keep(scenario: ScenarioReport): string {
    const { outcome, suite, name, line, isFlaky, excuse, tries } = scenario
    const withReason = this.#failures.addScenario(scenario)
    if (outcome.status === 'not-run') this.#notRunReason ??= headline(outcome)
    const isCutOff = outcome.status === 'not-run' && scenario.startedAtMs !== undefined
    if (isCutOff) this.#cutOff.push({ title: `${suite.name} › ${name}`, file: suite.file, line })
    const isBad = !excuse && (outcome.status === 'failed' || outcome.status === 'errored')
    if (isCutOff || isBad) this.#again.push({ file: suite.file, line })
    if (excuse)
      this.#excused.push({ title: `${suite.name} › ${name}`, file: suite.file, line, reason: excuse.reason, headline: headline(outcome) })
    if (isFlaky) {
      const firstTry = tries[0] ? headline(tries[0].outcome) : ''
      this.#flaky.push({ title: `${suite.name} › ${name}`, file: suite.file, line, firstTry })
    }
    return scenarioLines(scenario, { withReason, isVerbose: this.#isVerbose }, this.#colours)
  }

  #showSuite(suite: SuiteReport<string>): void {
    if (suite.totals.notRun < suite.totals.scenarios || this.#isVerbose) this.#show(suiteBlock(suite, this.#colours))
  }

  #showRefused(refused: FileRefused): void {
    const { file, faults } = refused
    this.#failures.addFile(refused)
    const { red, bold } = this.#colours
    this.#show(`${red(marks.failed.sign)} ${bold(printable(file))}  cannot be used: ${showCount(faults.length, 'fault')}\n`)
  }

  #show(text: string): void {
    if (this.#request.screen.detail === 'quiet') return
    this.#writtenAtMs = this.#request.clock.now()
    this.#page.add(text)
  }

  #breakSilence(): void {
    const { clock } = this.#request
    if (clock.now() - this.#writtenAtMs < SILENCE_MS) return
    const { totals } = this.#collector
    const facts = [`${totals.scenarios} of ${this.#planned} scenarios done`, countWords(totals)].filter((fact) => fact !== '')
    this.#show(`${this.#colours.dim(`… ${facts.join(': ')}`)}\n`)
  }

  #progress(): string {
    const { clock, screen: terminal } = this.#request
    const { totals } = this.#collector
    const elapsedMs = clock.now() - this.#startMs
    return progressLines({ planned: this.#planned, totals, elapsedMs, running: this.#running.values() }, terminal.columns(), this.#colours)
  }

  get #isVerbose(): boolean {
    return this.#request.screen.detail === 'verbose'
  }
}
