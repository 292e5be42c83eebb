import { expect } from 'chai'
import { matcherNames } from '../../src/assertions/matchers.ts'
import type { Finding } from '../../src/model/finding.ts'
import { compile } from '../../src/steps/compile.ts'
import { debug } from '../../src/steps/debug.ts'
import { stepKinds } from '../../src/steps/kinds.ts'
import { type FencedBlock, fencedBlocks } from '../support/fenced-blocks.ts'
import { suiteOf } from '../support/perform-scenarios.ts'
import { type Answerer, testContext } from '../support/step-context.ts'

const PAGE = 'expectations.md'
const blocks = fencedBlocks(PAGE)

function textOf(info: string): string {
  return blocks.find((block) => block.info === info)?.text ?? ''
}

const answers: Readonly<Record<string, Answerer>> = {
  debug: () => JSON.parse(textOf('json call')),
  compile: ({ method }) => (method === 'POST' ? { compileId: 'job-1', status: 'QUEUED' } : JSON.parse(textOf('json compilation'))),
}

/** An example as the only step of a scenario file, so that it has to pass the schema too. */
async function judged(kind: string, example: string): Promise<readonly Finding[]> {
  const indented = example.replace(/^(?=.)/gm, '      ')
  const [scenario] = suiteOf(`flow: main-menu\nscenarios:\n  - name: example\n    ${kind}: {}\n    expect:\n${indented}`).scenarios
  const [step] = scenario?.steps ?? []
  const perform = stepKinds.get(kind)
  if (!step || !perform) throw new Error(`there is no step "${kind}"`)
  return (await perform(step, testContext(answers[kind] ?? (() => null)))).findings
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
    for (const kind of [debug, compile]) {
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
