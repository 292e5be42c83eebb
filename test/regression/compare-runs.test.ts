import { expect } from 'chai'
import fc from 'fast-check'
import { compareRuns } from '../../src/regression/compare-runs.ts'
import { comparisonJson } from '../../src/regression/comparison-json.ts'
import type { RunRecord, ScenarioRecord } from '../../src/regression/run-record.ts'
import { showComparison } from '../../src/regression/show-comparison.ts'
import { plain } from '../../src/report/colours.ts'
import { call, night, scenario } from './support.ts'

const failed = { status: 'failed', headline: 'expected node_exit, got node_error' } as const

function names(
  scenarios: readonly (ScenarioRecord | { readonly after: ScenarioRecord } | { readonly scenario: ScenarioRecord })[],
): string[] {
  return scenarios.map((each) => ('after' in each ? each.after.name : 'scenario' in each ? each.scenario.name : each.name))
}

/** Runs of one scenario that took so long. */
function nights(first: number, durationsMs: readonly number[], rest: Partial<ScenarioRecord> = {}): RunRecord[] {
  return durationsMs.map((durationMs, index) => night(first + index, [scenario('a', { durationMs, ...rest })]))
}

describe('compareRuns', () => {
  it('tells what newly fails, is fixed and still fails', () => {
    const before = night(1, [scenario('good'), scenario('worse'), scenario('better', failed), scenario('bad', failed)])
    const after = night(2, [scenario('good'), scenario('worse', failed), scenario('better'), scenario('bad', { status: 'errored' })])
    const comparison = compareRuns([before], [after])
    expect(names(comparison.newlyFailing)).to.deep.equal(['worse'])
    expect(names(comparison.fixed)).to.deep.equal(['better'])
    expect(names(comparison.stillFailing)).to.deep.equal(['bad'])
  })

  it('tells what appeared and is gone, and counts what appears and fails as newly failing', () => {
    const comparison = compareRuns([night(1, [scenario('old')])], [night(2, [scenario('new'), scenario('new and bad', failed)])])
    expect(names(comparison.appeared)).to.deep.equal(['new', 'new and bad'])
    expect(names(comparison.gone)).to.deep.equal(['old'])
    expect(names(comparison.newlyFailing)).to.deep.equal(['new and bad'])
  })

  it('tells what has no verdict any more, and does not call it fixed', () => {
    const before = night(1, [scenario('a', failed), scenario('b'), scenario('c', { status: 'skipped' })])
    const after = night(2, [
      scenario('a', { status: 'skipped' }),
      scenario('b', { status: 'not-run' }),
      scenario('c', { status: 'skipped' }),
    ])
    const { notJudged, fixed, newlyFailing } = compareRuns([before], [after])
    expect(names(notJudged)).to.deep.equal(['a', 'b'])
    expect([...fixed, ...newlyFailing]).to.deep.equal([])
  })

  it('takes the last verdict of each side', () => {
    const before = [night(1, [scenario('a', failed)]), night(2, [scenario('a')]), night(3, [scenario('a', { status: 'not-run' })])]
    expect(names(compareRuns(before, [night(4, [scenario('a', failed)])]).newlyFailing)).to.deep.equal(['a'])
  })

  it('tells which call goes another way, where, and with which versions of the flow', () => {
    const before = night(1, [scenario('a', { calls: [call('start menu sales exit', { flowVersion: '7' })] })])
    const after = night(2, [scenario('a', { calls: [call('start menu support exit', { flowVersion: '8' })] })])
    const [changed] = compareRuns([before], [after]).changedPath
    expect(changed).to.deep.include({ differsAt: 2 })
    expect([changed?.before.flowVersion, changed?.after.flowVersion]).to.deep.equal(['7', '8'])
  })

  it('finds a path that ends earlier or goes on', () => {
    const runs = ['start menu', 'start menu exit'].map((path, index) => night(index + 1, [scenario('a', { calls: [call(path)] })]))
    const [short = night(1, []), long = night(1, [])] = runs
    expect(compareRuns([short], [long]).changedPath[0]?.differsAt).to.equal(2)
    expect(compareRuns([long], [short]).changedPath[0]?.differsAt).to.equal(2)
  })

  it('does not compare the calls of another step or of another flow', () => {
    const before = night(1, [scenario('a', { calls: [call('x'), call('x', { step: 1 })] })])
    const after = night(2, [scenario('a', { calls: [call('y', { flowId: 'other' }), call('y', { step: 2 })] })])
    expect(compareRuns([before], [after]).changedPath).to.deep.equal([])
  })

  it('finds a scenario slower where its durations are ranked above the earlier ones', () => {
    const comparison = compareRuns(nights(1, [100, 104, 98, 101, 99, 103, 97]), nights(11, [180, 176, 190, 171, 169, 210]))
    expect(names(comparison.newlySlow)).to.deep.equal(['a'])
    expect(comparison.newlySlow[0]).to.deep.include({ medianBeforeMs: 100, medianAfterMs: 178, samplesBefore: 7, samplesAfter: 6 })
    expect(comparison.newlySlow[0]?.p).to.be.closeTo(1 / 1_716, 1e-9)
  })

  it('does not take one slow run for a trend', () => {
    const comparison = compareRuns(nights(1, [100, 104, 98, 101, 99, 103, 97]), nights(11, [10_000]))
    expect(comparison.newlySlow).to.deep.equal([])
    expect(comparison.tooFewDurations).to.equal(1)
  })

  it('does not mind a difference that nobody notices, however certain it is', () => {
    const many = Array.from({ length: 20 }, (_, index) => index)
    const comparison = compareRuns(
      nights(
        1,
        many.map((index) => 100 + index / 100),
      ),
      nights(
        1,
        many.map((index) => 101 + index / 100),
      ),
    )
    expect([comparison.newlySlow.length, comparison.tooFewDurations]).to.deep.equal([0, 0])
  })

  it('leaves out the durations of runs that did not pass', () => {
    const comparison = compareRuns(nights(1, [1, 2, 3, 4, 5, 6, 7]), nights(11, [100, 110, 120, 130, 140, 150], failed))
    expect(comparison.newlySlow).to.deep.equal([])
  })

  it('finds nothing between a run and itself', () => {
    const anyScenario = fc.record({
      status: fc.constantFrom('passed', 'failed', 'errored', 'skipped', 'inconclusive', 'not-run') as fc.Arbitrary<
        ScenarioRecord['status']
      >,
      durationMs: fc.nat(),
      calls: fc.array(fc.array(fc.constantFrom('a', 'b')).map((path) => call(path.join(' ')))),
    })
    fc.assert(
      fc.property(fc.array(anyScenario), (scenarios) => {
        const run = night(
          1,
          scenarios.map((rest, index) => scenario(String(index), rest)),
        )
        const { newlyFailing, fixed, notJudged, newlySlow, appeared, gone } = compareRuns([run], [run])
        expect([newlyFailing, fixed, notJudged, newlySlow, appeared, gone].flat()).to.deep.equal([])
      }),
    )
  })

  it('puts each scenario of the later runs into one list at most', () => {
    const statuses = fc.constantFrom('passed', 'failed', 'errored', 'skipped') as fc.Arbitrary<ScenarioRecord['status']>
    fc.assert(
      fc.property(fc.array(statuses, { maxLength: 8 }), fc.array(statuses, { maxLength: 8 }), (old, current) => {
        const run = (day: number, list: readonly ScenarioRecord['status'][]): RunRecord =>
          night(
            day,
            list.map((status, index) => scenario(String(index), { status })),
          )
        const { newlyFailing, fixed, stillFailing, notJudged } = compareRuns([run(1, old)], [run(2, current)])
        const listed = names([...newlyFailing, ...fixed, ...stillFailing, ...notJudged])
        expect(new Set(listed).size).to.equal(listed.length)
        expect(names([...newlyFailing, ...stillFailing]).length).to.equal(current.filter((status) => /failed|errored/.test(status)).length)
      }),
    )
  })
})

describe('showComparison', () => {
  it('tells what is new first, with its reason, its place and the way of a call on both sides', () => {
    const before = night(1, [
      scenario('key 1', { calls: [call('node_start node_menu_1 node_route_sales node_exit', { flowVersion: '7' })] }),
      scenario('key 2', failed),
      scenario('key 3'),
    ])
    const after = night(2, [
      scenario('key 1', { calls: [call('node_start node_menu_1 node_error', { flowVersion: '8' })], ...failed }),
      scenario('key 2', { line: 9 }),
      scenario('key 4', { line: 15 }),
    ])
    expect(showComparison(compareRuns([before], [after]), plain)).to.equal(
      `before  nights/1.jsonl  2026-01-01T02:00:00.000Z  target staging
after   nights/2.jsonl  2026-01-02T02:00:00.000Z  target staging

Newly failing: 1
  ✗ Menu › key 1  scenarios/menu.cxspec.yaml:3
      failed (passed before): expected node_exit, got node_error

Goes another way: 1
  ≠ Menu › key 1  scenarios/menu.cxspec.yaml:3
      step 1, flow main-menu, visit 3
      before (version 7) node_start → node_menu_1 → node_route_sales → node_exit
      after  (version 8) node_start → node_menu_1 → node_error

Fixed: 1
  ✓ Menu › key 2  scenarios/menu.cxspec.yaml:9

Appeared: 1
  + Menu › key 4  scenarios/menu.cxspec.yaml:15
      passed

Gone: 1
  - Menu › key 3  scenarios/menu.cxspec.yaml:3
      passed before

✗ 1 newly failing, 0 newly slow, 1 going another way, 0 still failing, 1 fixed
`,
    )
  })

  it('shows what data says without letting it move the cursor', () => {
    const nasty = '\u001b[2J\nx'
    const text = showComparison(
      compareRuns([night(1, [])], [night(2, [scenario(nasty, { ...failed, headline: nasty, suite: nasty })])]),
      plain,
    )
    expect(text).not.to.contain('\u001b')
  })
})

describe('comparisonJson', () => {
  it('holds all lists', () => {
    const json = JSON.parse(comparisonJson(compareRuns([night(1, [scenario('a')])], [night(2, [scenario('a', failed)])])))
    expect(json.newlyFailing[0]).to.deep.include({
      name: 'a',
      status: 'failed',
      before: { status: 'passed', durationMs: 10, headline: '' },
    })
    expect(json.before[0]).to.deep.include({ journal: 'nights/1.jsonl', runId: 'run-1', scenarios: 1 })
  })
})
