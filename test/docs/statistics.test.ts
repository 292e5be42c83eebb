import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { simulationExpectations } from '../../src/assertions/simulation-expectations.ts'
import type { Finding } from '../../src/model/finding.ts'
import { formatShare, parseShare } from '../../src/model/share.ts'
import type { SimulationObservation } from '../../src/model/simulation.ts'
import { plain } from '../../src/report/colours.ts'
import { tellEvidence } from '../../src/report/tell-evidence.ts'
import { callsForUpperBound } from '../../src/statistics/calls-needed.ts'
import { callsToDetect } from '../../src/statistics/calls-to-detect.ts'
import { judge } from '../../src/steps/judge.ts'
import { fencedBlocks } from '../support/fenced-blocks.ts'
import { suiteOf } from '../support/perform-scenarios.ts'
import { simulation } from '../support/simulation.ts'

const PAGE = 'statistics.md'
const blocks = fencedBlocks(PAGE)
const page = readFileSync('docs/statistics.md', 'utf8')

const INPUT = `{ campaignId: a1b2c3d4-e5f6-7890-abcd-ef1234567890, virtualAgentMatrix: { flowId: va }, concurrencyLimit: 5, maxCalls: 500,
      complianceBypass: true, outcomeInjection: { enabled: true, dialToneProbability: 0.15, busySignalProbability: 0.2, noAnswerProbability: 0.25, answerProbability: 0.4 } }`

/** The simulation of the page. */
function seen(): SimulationObservation {
  const { injected, outcomes, abandoned, inFlight, duration, apiLatency } = JSON.parse(textOf('json simulation'))
  const usual = simulation({ injected, outcomes })
  const { calls } = usual
  if (!calls) return expect.fail('there are no calls')
  const own = { ...calls, abandoned, inFlight: { ...calls.inFlight, ...inFlight }, duration: { ...calls.duration, ...duration } }
  return { ...usual, calls: own, apiLatency: { ...usual.apiLatency, ...apiLatency } }
}

function textOf(info: string): string {
  return blocks.find((block) => block.info === info)?.text ?? expect.fail(`there is no block ${info}`)
}

/** An example as the only step of a scenario file, so that it has to pass the schema too. */
function judged(example: string) {
  const indented = example.replace(/^(?=.)/gm, '      ')
  const [scenario] = suiteOf(`scenarios:\n  - name: example\n    simulate: ${INPUT}\n    expect:\n${indented}`).scenarios
  const kind = { key: 'simulate', expectations: simulationExpectations, implied: () => [] }
  return judge(kind, scenario?.steps[0]?.expect ?? {}, seen())
}

function shown({ code, message, advice, inconclusive }: Finding): readonly string[] {
  return [`${inconclusive ? '? ' : ''}${code} ${message}`, ...(advice === undefined ? [] : [advice])]
}

/** The rows of the table whose heading begins like this. */
function table(heading: string): readonly (readonly string[])[] {
  const lines = page.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`))
  expect(start, heading).to.be.at.least(0)
  const rest = lines.slice(start + 2)
  const rows = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('|')),
  )
  expect(rows, heading).to.not.be.empty
  return rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

describe(`docs/${PAGE}`, () => {
  for (const [index, block] of blocks.entries()) {
    if (block.info !== 'yaml simulate') continue
    const next = blocks[index + 1]
    const message = next?.info === 'text finding' ? next.text : ''

    it(`shows in line ${block.line} what is ${message === '' ? 'met' : 'not met, and what is said then'}`, () => {
      expect(judged(block.text).findings.flatMap(shown).join('\n')).to.equal(message.trimEnd())
    })
  }

  it('shows every expectation, met and not', () => {
    for (const key of Object.keys(simulationExpectations)) {
      const examples = blocks.flatMap((block, index) =>
        block.info === 'yaml simulate' && new RegExp(`^${key}:`, 'm').test(block.text) ? [blocks[index + 1]?.info === 'text finding'] : [],
      )
      expect(examples, key).to.include(false).and.to.include(true)
    }
  })

  it('shows evidence as reports tell it', () => {
    const lines = tellEvidence([judged('outcomes: { matchInjection: true }')], plain)
    expect(lines[0]).to.equal(textOf('text evidence').trim())
  })

  it('tells how often a night of many checks fails without a cause', () => {
    for (const [checks, ...shares] of table('checks in a night')) {
      expect(shares, checks).to.deep.equal([0.05, 0.01, 0.001].map((alpha) => formatShare(1 - (1 - alpha) ** Number(checks))))
    }
  })

  it('tells how many calls show a bound on a share', () => {
    const claims = [
      [0.03, 0.95],
      [0.01, 0.95],
      [0.03, 0.99],
    ] as const
    for (const [count, ...calls] of table('abandoned')) {
      expect(calls, count).to.deep.equal(claims.map(([limit, confidence]) => String(callsForUpperBound(Number(count), limit, confidence))))
    }
  })

  it('tells how many calls show a deviation', () => {
    for (const [detect, ...calls] of table('`detect`')) {
      const injections = [
        [0.15, 0.2, 0.25, 0.4],
        [0.5, 0.5],
      ]
      expect(calls, detect).to.deep.equal(injections.map((injected) => String(callsToDetect(parseShare(detect) ?? 0, injected, 0.001))))
    }
  })

  it('tells how many calls show an accuracy of 95 %', () => {
    expect(page).to.contain(`\`min: 95%\` takes ${callsForUpperBound(0, 0.05, 0.95)} calls`)
  })
})
