import { expect } from 'chai'
import type { Suite } from '../../src/model/suite.ts'
import { createSelection, type SelectionOptions, splitLocation } from '../../src/runner/select.ts'
import { scenario } from './run-fixture.ts'

const suite: Suite = {
  file: 'menu.cxspec.yaml',
  name: 'Main menu',
  scenarios: [
    scenario('key 1 reaches sales', ['pass'], { line: 4, tags: ['smoke', 'ivr'] }),
    scenario('each key [key=1]', ['pass'], { line: 10, tags: ['ivr'] }),
    scenario('each key [key=2]', ['pass'], { line: 10, tags: ['ivr', 'slow'] }),
    scenario('PIN is asked three times', ['pass'], { line: 20, tags: ['smoke', 'slow'], only: true }),
  ],
}

async function chosen(options: SelectionOptions): Promise<readonly number[]> {
  const { value, faults } = await createSelection(options)
  expect(faults).to.equal(undefined)
  const left = value?.(suite).scenarios ?? []
  return left.map((one) => suite.scenarios.indexOf(one))
}

async function faultsOf(options: SelectionOptions): Promise<string[]> {
  return ((await createSelection(options)).faults ?? []).map(({ code, message, advice }) => `${code} ${message} ${advice}`)
}

describe('createSelection', () => {
  it('leaves everything where nothing is asked for', async () => {
    expect(await chosen({})).to.deep.equal([0, 1, 2, 3])
    expect((await createSelection({})).value?.(suite)).to.equal(suite)
  })

  describe('by line', () => {
    const at = (...lines: number[]): SelectionOptions => ({ lines: new Map([['menu.cxspec.yaml', lines]]) })

    it('chooses the scenario that contains the line, with all its rows', async () => {
      expect(await chosen(at(4))).to.deep.equal([0])
      expect(await chosen(at(9))).to.deep.equal([0])
      expect(await chosen(at(10))).to.deep.equal([1, 2])
      expect(await chosen(at(19))).to.deep.equal([1, 2])
      expect(await chosen(at(400))).to.deep.equal([3])
    })

    it('chooses several lines together', async () => {
      expect(await chosen(at(4, 21))).to.deep.equal([0, 3])
    })

    it('takes a line above all scenarios for the whole file', async () => {
      expect(await chosen(at(1))).to.deep.equal([0, 1, 2, 3])
    })

    it('takes files as a whole of which no line is named', async () => {
      expect(await chosen({ lines: new Map([['other.cxspec.yaml', [3]]]) })).to.deep.equal([0, 1, 2, 3])
    })
  })

  describe('by name', () => {
    it('finds a text in the name, or in the suite’s name and the name', async () => {
      expect(await chosen({ grep: 'key' })).to.deep.equal([0, 1, 2])
      expect(await chosen({ grep: '[key=2]' })).to.deep.equal([2])
      expect(await chosen({ grep: 'menu > PIN' })).to.deep.equal([3])
      expect(await chosen({ grep: 'pin' })).to.deep.equal([])
    })

    it('finds a regular expression between slashes', async () => {
      expect(await chosen({ grep: '/^each|PIN/' })).to.deep.equal([1, 2, 3])
      expect(await chosen({ grep: '/pin/i' })).to.deep.equal([3])
    })

    it('takes a text with one slash for a text', async () => {
      expect(await chosen({ grep: '/key' })).to.deep.equal([])
    })

    it('refuses what is no RE2 expression, and unknown flags, with advice', async () => {
      expect((await faultsOf({ grep: '/(?=x)/' }))[0]).to.match(/^BAD_GREP --grep \/\(\?=x\)\/.*leave the slashes out/s)
      expect((await faultsOf({ grep: '/x/y' }))[0]).to.match(/"y" is no flag/)
    })

    it('takes time linear in the name’s length, whatever the expression', async () => {
      const { value } = await createSelection({ grep: '/^(a|a)*$/' })
      const long = { ...suite, scenarios: [scenario(`${'a'.repeat(100_000)}!`)] }
      const startedMs = performance.now()
      expect(value?.(long).scenarios).to.deep.equal([])
      expect(performance.now() - startedMs).to.be.below(2_000)
    })
  })

  describe('by tags', () => {
    it('evaluates expressions', async () => {
      expect(await chosen({ tag: 'smoke' })).to.deep.equal([0, 3])
      expect(await chosen({ tag: 'smoke and not slow' })).to.deep.equal([0])
      expect(await chosen({ tag: '(smoke or slow) and ivr' })).to.deep.equal([0, 2])
      expect(await chosen({ tag: 'not constructor' })).to.deep.equal([0, 1, 2, 3])
    })

    it('knows a tag with an @ as well', async () => {
      expect(await chosen({ tag: '@smoke and not @slow' })).to.deep.equal([0])
    })

    for (const tag of ['smoke and', 'smoke slow', '(smoke', 'smoke AND slow', '', '  ', 'a\\b', ')']) {
      it(`refuses ${JSON.stringify(tag)} with advice`, async () => {
        expect((await faultsOf({ tag }))[0]).to.match(/^BAD_TAG_EXPRESSION .*--tag 'smoke and not slow'/s)
      })
    }
  })

  it('keeps only what is marked where that is asked for', async () => {
    expect(await chosen({ only: true })).to.deep.equal([3])
  })

  it('asks for all conditions at once', async () => {
    expect(await chosen({ tag: 'ivr', grep: 'key', lines: new Map([['menu.cxspec.yaml', [12]]]) })).to.deep.equal([1, 2])
  })

  it('tells all faults at once', async () => {
    expect(await faultsOf({ tag: 'smoke and', grep: '/(/' })).to.have.length(2)
  })
})

describe('splitLocation', () => {
  it('takes a line, and a column as terminals print it, off a path', () => {
    expect(splitLocation('a/menu.cxspec.yaml:12')).to.deep.equal({ path: 'a/menu.cxspec.yaml', line: 12 })
    expect(splitLocation('a/menu.cxspec.yaml:12:5')).to.deep.equal({ path: 'a/menu.cxspec.yaml', line: 12 })
    expect(splitLocation('C:\\a\\menu.cxspec.yaml:12')).to.deep.equal({ path: 'C:\\a\\menu.cxspec.yaml', line: 12 })
  })

  it('leaves everything else alone', () => {
    for (const path of ['scenarios', 'a:b', ':3', 'menu.yaml:0', 'C:\\a', 'x:']) expect(splitLocation(path)).to.deep.equal({ path })
  })
})
