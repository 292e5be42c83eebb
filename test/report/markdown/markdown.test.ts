import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import type { RunEvent } from '../../../src/model/event.ts'
import { printable } from '../../../src/model/printable.ts'
import { codeBlock, codeSpan, markdownText } from '../../../src/report/markdown/markdown-text.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { renderFile, withFolder } from '../support/render.ts'
import { errored, failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

/** As GitHub reads it, with HTML let through. */
function html(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

function tagsOf(text: string): string[] {
  return text.match(/<[^>]*>/g) ?? []
}

function shown(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' }
  return text.replace(/<[^>]*>/g, '').replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
}

function visible(text: string): string {
  const line = printable(text).trim()
  return line.length <= 500 ? line : line.slice(0, 499)
}

/** A run in which everything that is data is this text. */
function runOf(text: string): RunEvent[] {
  const problem = { code: 'NOT_FOUND', message: text, advice: text } as const
  const finding = { code: 'VALUE_DIFFERS', message: text, expected: text, actual: text, details: [text], advice: text }
  return [
    runStarted,
    planned(file, text, ['a', 'b']),
    ...turn(`${file}#a`, { outcome: failed(finding), atMs: 5 }),
    ...turn(`${file}#b`, { outcome: errored(problem), atMs: 20 }),
    runFinished(1, 99, { interruption: text }),
  ]
}

describe('markdown', () => {
  it('tells the verdict first, then what did not pass, what is flaky, the slowest and the files', async () => {
    const text = await renderFile('markdown', sampleRun)
    expect(text.match(/^#{1,2} .*$/gm)).to.deep.equal([
      '# ❌ 4 of 7 scenarios did not pass.',
      '## What did not pass',
      '## Flaky: passed, but not on the first try',
      '## Slowest',
      '## Files',
    ])
    expect(text).to.contain('| 2 | 1 | 1 | 3 | 1 | 1 |')
  })

  it('says in one line that all is well', async () => {
    const events = [runStarted, planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome: passed, atMs: 5 }), runFinished(0, 99)]
    const text = await renderFile('markdown', events)
    expect(text).to.match(/^# ✅ The scenario passed\.$/m)
    expect(text).not.to.contain('What did not pass')
  })

  it('is red where the run died', async () => {
    expect(await renderFile('markdown', [runStarted])).to.contain('# ❌')
  })

  it('is appended to the summary of the CI step, after what stands there', () =>
    withFolder(async (folder) => {
      const stepSummary = join(folder, 'step.md')
      writeFileSync(stepSummary, 'before\n')
      const text = await renderFile('markdown', sampleRun, {}, { stepSummary })
      expect(readFileSync(stepSummary, 'utf8')).to.equal(`before\n${text}\n`)
    }))

  it('makes no mark-up, link or HTML of any data', async () => {
    const harmless = tagsOf(html(await renderFile('markdown', runOf('x'))))
    for (const text of naughtyStrings.filter((each) => each.trim() !== '' && each.length < 1_000)) {
      const tags = tagsOf(html(await renderFile('markdown', runOf(text))))
      expect(tags, JSON.stringify(text)).to.deep.equal(harmless)
    }
  })

  it('stays below what GitHub takes, however much went wrong', async () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `scenario ${index}`)
    const finding = { code: 'VALUE_DIFFERS', message: 'x'.repeat(5_000), details: Array.from({ length: 100 }, () => 'y'.repeat(1_000)) }
    const turns = names.flatMap((name) => turn(`${file}#${name}`, { outcome: failed(finding), atMs: 5 }))
    const text = await renderFile('markdown', [runStarted, planned(file, 'Menu', names), ...turns, runFinished(1, 99)])
    expect(Buffer.byteLength(text)).to.be.lessThan(1_048_576)
    expect(text).to.match(/cut here/)
    expect((text.match(/^```/gm) ?? []).length % 2, 'open code blocks').to.equal(0)
  })
})

describe('markdownText', () => {
  it('shows any text as it is, as a heading, as an entry and in a table', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...naughtyStrings), markdownLike()), (text) => {
        fc.pre(text.trim() !== '' && visible(text).length < 499)
        for (const around of [
          (cell: string) => `# ${cell}`,
          (cell: string) => `- ${cell}`,
          (cell: string) => `| a |\n| - |\n| ${cell} |`,
        ]) {
          const page = html(around(markdownText(text)))
          expect(tagsOf(page)).to.deep.equal(tagsOf(html(around('x'))))
          expect(shown(page)).to.contain(visible(text))
        }
      }),
    )
  })
})

describe('codeSpan', () => {
  it('shows any text as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), markdownLike()), (text) => {
        fc.pre(text.trim() !== '' && !text.includes('|') && visible(text).length < 499)
        const page = html(`- ${codeSpan(text)}`)
        expect(tagsOf(page)).to.deep.equal(tagsOf(html('- `x`')))
        expect(shown(page)).to.contain(visible(text))
      }),
    )
  })

  it('keeps a table whole', () => {
    expect(shown(html(`| a |\n| - |\n| ${codeSpan('x | `y`')} |`))).to.contain('x | `y`')
  })
})

describe('codeBlock', () => {
  it('ends only where its lines do', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('```', '````', '~~~', '</details>'))), (lines) => {
        expect(tagsOf(html(codeBlock(lines)))).to.deep.equal(['<pre>', '<code class="language-text">', '</code>', '</pre>'])
      }),
    )
  })
})

/** Texts of what Markdown looks for. */
function markdownLike(): fc.Arbitrary<string> {
  const parts = [
    '*',
    '_',
    '`',
    '[a](b)',
    '![a](b)',
    '<b>',
    'http://a.test',
    'www.a.test',
    'a@b.test',
    '|',
    '~',
    '#',
    '1.',
    '- ',
    '\\',
    '&lt;',
    '^',
    '$x$',
    ':a:',
    ' ',
    'x',
    '=',
  ]
  return fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 12 }).map((chosen) => chosen.join(''))
}
