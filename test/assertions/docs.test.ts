import { expect } from 'chai'
import { matcherNames } from '../../src/assertions/matchers.ts'
import type { Finding } from '../../src/model/finding.ts'
import { compile } from '../../src/steps/compile.ts'
import { debug } from '../../src/steps/debug.ts'
import { execute } from '../../src/steps/execute.ts'
import { stepKinds } from '../../src/steps/kinds.ts'
import { setAvailability } from '../../src/steps/set-availability.ts'
import type { StepContext } from '../../src/steps/step-kind.ts'
import { ALL_DAY, agentPlatform } from '../steps/agent-platform.ts'
import { type FencedBlock, fencedBlocks } from '../support/fenced-blocks.ts'
import { suiteOf } from '../support/perform-scenarios.ts'
import { type Answerer, testContext } from '../support/step-context.ts'

const PAGE = 'expectations.md'
const blocks = fencedBlocks(PAGE)

function textOf(info: string): string {
  return blocks.find((block) => block.info === info)?.text ?? ''
}

const answers: Readonly<Record<string, () => Answerer>> = {
  execute: execution,
  debug: () => () => JSON.parse(textOf('json call')),
  compile:
    () =>
    ({ method }) =>
      method === 'POST' ? { compileId: 'job-1', status: 'QUEUED' } : JSON.parse(textOf('json compilation')),
}

/** Fields of steps that cannot be left out. */
const inputs: Readonly<Record<string, string>> = {
  execute: '{ actionId: balance-lookup }',
  setAvailability:
    '{ agentId: agent-1, workModeId: workMode-chat, skillLevels: [{ skillId: a, level: 0, concurrentInteractions: 0 }, { skillId: b, level: 1, concurrentInteractions: 1 }] }',
}

function contextFor(kind: string): StepContext {
  if (kind !== 'setAvailability') return testContext(answers[kind]?.() ?? (() => null))
  const shifts = ALL_DAY.map((shift) => ({ ...shift, workModeId: 'workMode-chat' }))
  return agentPlatform({ workModeId: 'workMode-voice', shifts }).context
}

/** An execution that is found to have ended at the second look. */
function execution(): Answerer {
  let looks = 0
  return ({ method }) => {
    if (method === 'POST') return { executionId: 'e-1', status: 'QUEUED' }
    looks += 1
    return looks < 2 ? { status: 'RUNNING' } : JSON.parse(textOf('json execution'))
  }
}

/** An example as the only step of a scenario file, so that it has to pass the schema too. */
async function judged(kind: string, example: string): Promise<readonly Finding[]> {
  const indented = example.replace(/^(?=.)/gm, '      ')
  const [scenario] = suiteOf(
    `flow: main-menu\nscenarios:\n  - name: example\n    ${kind}: ${inputs[kind] ?? '{}'}\n    expect:\n${indented}`,
  ).scenarios
  const [step] = scenario?.steps ?? []
  const perform = stepKinds.get(kind)
  if (!step || !perform) throw new Error(`there is no step "${kind}"`)
  return (await perform(step, contextFor(kind))).findings
}

/** The finding as the page shows it: code and message, then advice, then details. */
function shown(finding: Finding): readonly string[] {
  return [`${finding.code} ${finding.message}`, ...(finding.advice === undefined ? [] : [finding.advice]), ...(finding.details ?? [])]
}

describe(`docs/${PAGE}`, () => {
  for (const [index, block] of blocks.entries()) {
    const kind = /^yaml (\w+)$/.exec(block.info)?.[1]
    if (kind === undefined) continue
    const next: FencedBlock | undefined = blocks[index + 1]
    const message = next?.info === 'text finding' ? next.text : ''

    it(`shows in line ${block.line} what is ${message === '' ? 'met' : 'unmet, and what is said then'}`, async () => {
      const findings = await judged(kind, block.text)
      expect(findings.flatMap(shown).join('\n')).to.equal(message.trimEnd())
    })
  }

  it('shows every expectation, met and unmet', () => {
    for (const kind of [debug, compile, execute, setAvailability]) {
      for (const key of Object.keys(kind.expectations)) {
        const examples = blocks.flatMap((block, index) =>
          block.info === `yaml ${kind.key}` && new RegExp(`^${key}:`, 'm').test(block.text)
            ? [blocks[index + 1]?.info === 'text finding']
            : [],
        )
        expect(examples, `${kind.key} ${key}`).to.include(false)
        expect(examples, `${kind.key} ${key}`).to.include(true)
      }
    }
  })

  it('names every matcher', () => {
    const examples = blocks.map((block) => block.text).join('\n')
    for (const name of matcherNames) expect(examples, name).to.match(new RegExp(`\\b${name}:`))
  })
})
