import type { FileRefused } from '../../model/event.ts'
import { formatFault } from '../../model/format-fault.ts'
import type { Outcome } from '../../model/outcome.ts'
import { printable } from '../../model/printable.ts'
import { type Colours, plain } from '../colours.ts'
import type { ScenarioReport, TeardownReport } from '../run-report.ts'
import { showCount } from '../show.ts'
import { tellOutcome, tellScenario, tellTeardown } from '../story.ts'
import { marks } from './marks.ts'

/** Scenarios beside the first that are named where many have the same story. */
const MAX_NAMED = 5

interface Failure {
  readonly word: string
  readonly title: string
  readonly place: string
  readonly story: readonly string[]
  /** The others with the same story. */
  readonly others: { readonly title: string; readonly place: string }[]
}

/** The stories of everything that did not pass, each told once: what many scenarios have in common is folded into one. */
export class Failures {
  readonly #byReason = new Map<string, Failure>()
  readonly #colours: Colours

  constructor(colours: Colours) {
    this.#colours = colours
  }

  /** Tells whether the story is a new one. */
  addScenario(scenario: ScenarioReport): boolean {
    const { outcome, suite, name, line, excuse } = scenario
    if (!hasStory(outcome) || excuse) return false
    const title = `${suite.name} › ${name}`
    return this.#add(reasonOf(outcome), marks[outcome.status].word, title, `${suite.file}:${line}`, () =>
      tellScenario(scenario, this.#colours),
    )
  }

  addTeardown(teardown: TeardownReport): void {
    const { suite, scenario } = teardown
    const tell = (): string[] => tellTeardown(teardown, this.#colours)
    const reason = tellTeardown(teardown, plain).join('\n')
    this.#add(reason, 'teardown', `${suite.name} › ${scenario.name}`, `${suite.file}:${scenario.line}`, tell)
  }

  addFile({ file, faults }: FileRefused): void {
    const tell = (): string[] => faults.flatMap((fault, index) => [...(index > 0 ? [''] : []), ...formatFault(fault).split('\n')])
    this.#add(`file ${file}`, 'cannot be used', file, '', tell)
  }

  /** All stories, numbered; empty where there is none. */
  text(): string {
    const blocks = [...this.#byReason.values()].map((failure, index) => this.#block(failure, index + 1))
    return blocks.length === 0 ? '' : `\n${this.#colours.bold('What did not pass')}\n\n${blocks.join('\n')}`
  }

  #add(reason: string, word: string, title: string, place: string, tell: () => string[]): boolean {
    const known = this.#byReason.get(reason)
    if (known) known.others.push({ title, place })
    else this.#byReason.set(reason, { word, title, place, story: tell(), others: [] })
    return known === undefined
  }

  #block({ word, title, place, story, others }: Failure, number: number): string {
    const { bold, red, dim, cyan } = this.#colours
    const lead = `${number}) `
    const indent = ' '.repeat(lead.length)
    const lines = [
      `${lead}${red(word)}  ${bold(printable(title))}`,
      ...(place === '' ? [] : [`${indent}${cyan(printable(place))}`, '']),
      ...story.map((line) => (line === '' ? '' : `${indent}${line}`)),
      ...(others.length > 0 ? [`${indent}${bold(`and ${showCount(others.length, 'more scenario')} for the same reason:`)}`] : []),
      ...others.slice(0, MAX_NAMED).map((other) => `${indent}  ${printable(other.title)}  ${dim(printable(other.place))}`),
      ...(others.length > MAX_NAMED ? [`${indent}  … and ${others.length - MAX_NAMED} more, all of them in the reports`] : []),
    ]
    return `${lines.join('\n')}\n`
  }
}

function hasStory({ status }: Outcome): boolean {
  return status === 'failed' || status === 'errored' || status === 'inconclusive'
}

/** The same for scenarios that one cause has in common: figures such as ids and attempts do not count. */
function reasonOf(outcome: Outcome): string {
  if (outcome.status !== 'errored' || outcome.findings.length > 0) return `${outcome.status}\n${tellOutcome(outcome, plain).join('\n')}`
  const { code, message, advice = '' } = outcome.problem
  return [code, message, advice].join('\n')
}
