import { expect } from 'chai'
import { ProblemError } from '../../src/model/problem.ts'
import type { LoadedFile } from '../../src/runner/run-options.ts'
import { everyField } from '../support/evidence.ts'
import { file, met, only, outcomes, problems, record, refused, request, scenario, step, unmet } from './run-fixture.ts'

describe('run', () => {
  it('tells of a scenario from its plan to its end, with when, where and how long', async () => {
    const { events, summary } = await record([scenario('key 1', ['pass'], { line: 4, tags: ['ivr'] })])
    expect(events.map((event) => event.type)).to.deep.equal([
      'run-started',
      'suite-planned',
      'scenario-started',
      'step-finished',
      'scenario-finished',
      'run-finished',
    ])
    expect(events[0]).to.include({ atMs: 0, startedAt: '2026-01-02T03:04:05.000Z', seed: 1 })
    expect(events[1]).to.deep.include({ scenarios: [{ id: 'menu.cxspec.yaml#key 1', name: 'key 1', line: 4, tags: ['ivr'] }] })
    expect(events[3]).to.deep.include({ try: 1, step: 0, kind: 'pass', observation: { seen: true } })
    expect(events[5]).to.include({ exitCode: 0 })
    expect(summary.counts).to.include({ passed: 1, failed: 0, flaky: 0 })
  })

  it('tells what a met expectation about many calls rests on', async () => {
    const { events } = await record([scenario('calls', ['count'])], { kinds: { count: async () => ({ ...met, evidence: [everyField] }) } })
    expect(only(events, 'step-finished')[0]?.evidence).to.deep.equal([everyField])
  })

  it('tells all durations and times to the microsecond', async () => {
    const clock = { now: () => performance.now(), date: () => new Date(), sleep: async () => undefined }
    const { events } = await record([scenario('key 1')], { clock })
    for (const event of events) expect(event.atMs).to.equal(Math.round(event.atMs * 1000) / 1000)
  })

  it('stops a scenario at the first step that does not do, and keeps doubts of the steps before', async () => {
    const { events } = await record([
      scenario('fails', ['pass', 'fail', 'pass']),
      scenario('errs', ['doubt', 'error', 'pass']),
      scenario('doubts', ['doubt', 'pass']),
    ])
    expect(outcomes(events)).to.deep.equal({ fails: 'failed', errs: 'errored', doubts: 'inconclusive' })
    expect(only(events, 'step-finished').map((event) => `${event.scenario.split('#')[1]} ${event.step}`)).to.have.members([
      'fails 0',
      'fails 1',
      'errs 0',
      'errs 1',
      'doubts 0',
      'doubts 1',
    ])
    const errored = only(events, 'scenario-finished').find((event) => event.outcome.status === 'errored')
    expect(errored?.outcome).to.have.nested.property('findings[0].code', 'TOO_FEW_CALLS')
  })

  it('fails a scenario with too little evidence where it is strict, at that step', async () => {
    const scenarios = [scenario('doubts', ['doubt', 'pass'])]
    const lenient = await record(scenarios)
    expect([lenient.summary.exitCode, outcomes(lenient.events)['doubts']]).to.deep.equal([0, 'inconclusive'])
    const { events, summary } = await record(scenarios, { strict: true })
    expect([summary.exitCode, summary.counts.failed, outcomes(events)['doubts']]).to.deep.equal([1, 1, 'failed'])
    expect(only(events, 'step-finished')).to.have.length(1)
  })

  it('places each finding at its expectation, and a problem at its step', async () => {
    const asked: string[] = []
    const { events } = await record([scenario('fails', [step('fail', { pointer: ['scenarios', 3] })]), scenario('errs', ['error'])], {
      locate: (path, pointer) => {
        asked.push(pointer.join('/'))
        return { file: path, line: 7, column: 5 }
      },
    })
    expect(asked).to.deep.equal(['scenarios/3/expect/visits/0', 'scenarios/0'])
    const [failed, errored] = only(events, 'scenario-finished')
    expect(failed?.outcome).to.have.nested.property('findings[0].place.line', 7)
    expect(errored?.outcome).to.have.nested.property('problem.place.line', 7)
  })

  it('hands what earlier steps yield to later ones, by their id', async () => {
    const seen: unknown[] = []
    await record([scenario('two steps', [step('pass', { id: 'build' }), step('pass')])], {
      bind: (one, earlier) => {
        seen.push(Object.fromEntries(earlier))
        return one
      },
    })
    expect(seen).to.deep.equal([{}, { build: { seen: true } }])
  })

  it('errors a scenario whose placeholders cannot be filled in, without doing the step', async () => {
    let done = 0
    const count = async () => {
      done += 1
      return undefined
    }
    const { events } = await record([scenario('refers', ['count'])], {
      kinds: { count },
      bind: () => {
        throw new ProblemError({ code: 'UNKNOWN_REFERENCE', message: 'step "build" yields no "compileid"' })
      },
    })
    expect(only(events, 'scenario-finished')[0]?.outcome).to.have.nested.property('problem.code', 'UNKNOWN_REFERENCE')
    expect(done).to.equal(0)
  })

  it('errors a step of a kind that it does not know', async () => {
    const { events, summary } = await record([scenario('odd', ['dance'])])
    expect(only(events, 'scenario-finished')[0]?.outcome).to.have.nested.property('problem.code', 'INVALID_STEP')
    expect(summary.exitCode).to.equal(3)
  })

  it('numbers the requests of a try over all its steps', async () => {
    const ask = async (context: { send: (one: ReturnType<typeof request>) => Promise<unknown> }) => {
      await context.send(request())
      await context.send(request())
      return undefined
    }
    const { events } = await record([scenario('asks', ['ask', 'ask'])], { kinds: { ask } })
    expect(only(events, 'request-intended').map((event) => [event.step, event.request])).to.deep.equal([
      [0, 0],
      [0, 1],
      [1, 2],
      [1, 3],
    ])
    expect(only(events, 'request-answered')).to.have.length(4)
  })

  it('skips with the reason of the author, without starting anything', async () => {
    const { events, summary } = await record([scenario('later', ['pass'], { skip: 'waits for the new menu' }), scenario('now')])
    expect(outcomes(events)).to.deep.equal({ later: 'skipped', now: 'passed' })
    expect(only(events, 'scenario-finished')[0]).to.deep.include({
      tries: 0,
      outcome: { status: 'skipped', reason: 'waits for the new menu' },
    })
    expect(summary.exitCode).to.equal(0)
  })

  it('runs all other files when one is refused, and ends with exit code 2', async () => {
    const { events, summary } = await record([refused('bad.yaml'), file('good.yaml', [scenario('a')]), refused('worse.yaml')])
    expect(only(events, 'file-refused').map((event) => event.file)).to.deep.equal(['bad.yaml', 'worse.yaml'])
    expect(outcomes(events)).to.deep.equal({ a: 'passed' })
    expect(summary).to.deep.include({ exitCode: 2 })
    expect(summary.counts.filesRefused).to.equal(2)
  })

  describe('where nothing runs', () => {
    const cases: Readonly<Record<string, readonly LoadedFile[]>> = {
      'there are no files': [],
      'no scenario was selected': [file('a.yaml', [])],
      'all are skipped': [file('a.yaml', [scenario('a', ['pass'], { skip: 'why' })])],
    }
    for (const [what, files] of Object.entries(cases)) {
      it(`ends with exit code 4 when ${what}, unless that is said to be all right`, async () => {
        expect((await record(files)).summary.exitCode).to.equal(4)
        expect((await record(files, { passWithNoTests: true })).summary.exitCode).to.equal(0)
      })
    }

    it('plans no suite without scenarios', async () => {
      const { events } = await record([file('a.yaml', [])])
      expect(only(events, 'suite-planned')).to.deep.equal([])
    })
  })

  describe('where a bug of ours shows', () => {
    it('errors that scenario, runs the others, keeps the stack and ends with exit code 70', async () => {
      const { events, summary } = await record([scenario('breaks', ['break']), scenario('works'), scenario('fails', ['fail'])])
      expect(outcomes(events)).to.deep.equal({ breaks: 'errored', works: 'passed', fails: 'failed' })
      const broken = only(events, 'scenario-finished').find((event) => event.scenario.endsWith('breaks'))
      expect(broken?.outcome).to.have.nested.property('problem.code', 'INTERNAL_ERROR')
      expect(summary.bugs[0]).to.be.instanceOf(TypeError)
      expect(summary.exitCode).to.equal(70)
    })

    it('goes on when whoever takes the events throws', async () => {
      let isFirst = true
      const { events, summary } = await record([scenario('a'), scenario('b')], {
        onEvent: (event) => {
          if (event.type === 'step-finished' && isFirst) {
            isFirst = false
            throw new Error('the reporter broke')
          }
        },
      })
      expect(outcomes(events)).to.deep.equal({ a: 'passed', b: 'passed' })
      expect(summary.exitCode).to.equal(70)
    })

    it('runs what was read when reading breaks', async () => {
      function* files(): Generator<LoadedFile> {
        yield file('a.yaml', [scenario('a')])
        throw new RangeError('out of paper')
      }
      const { events, summary } = await record(files())
      expect(outcomes(events)).to.deep.equal({ a: 'passed' })
      expect(summary.exitCode).to.equal(70)
    })

    it('goes on without places when they cannot be worked out', async () => {
      const { events, summary } = await record([scenario('fails', ['fail'])], {
        locate: () => {
          throw new Error('no place')
        },
      })
      expect(outcomes(events)).to.deep.equal({ fails: 'failed' })
      expect(summary.exitCode).to.equal(70)
    })
  })

  it('tells the exit code of the worst that happened', async () => {
    const exitCode = async (...steps: string[]): Promise<number> =>
      (await record(steps.map((kind, index) => scenario(`${index}`, [kind])))).summary.exitCode
    expect(await exitCode('pass', 'doubt')).to.equal(0)
    expect(await exitCode('pass', 'fail')).to.equal(1)
    expect(await exitCode('pass', 'fail', 'error')).to.equal(3)
    expect(await exitCode('pass', 'fail', 'error', 'break')).to.equal(70)
  })

  it('takes files from an asynchronous source as well', async () => {
    async function* files(): AsyncGenerator<LoadedFile> {
      yield file('a.yaml', [scenario('a')])
      await new Promise((resolve) => setImmediate(resolve))
      yield file('b.yaml', [scenario('b')])
    }
    expect(outcomes((await record(files())).events)).to.deep.equal({ a: 'passed', b: 'passed' })
  })

  it('shares what step kinds ask it to share, for each kind apart', async () => {
    let made = 0
    const share = async (context: { shared: (name: string, make: () => number) => number }) => {
      context.shared('usual', () => (made += 1))
      return undefined
    }
    await record([scenario('a', ['one', 'one', 'two'])], { kinds: { one: share, two: share } })
    expect(made).to.equal(2)
  })

  it('tells of jobs as steps see them', async () => {
    const job = async (context: { job: (change: { job: string; id: string; status: string; ended?: true }) => void }) => {
      context.job({ job: 'compile', id: 'c-1', status: 'QUEUED' })
      context.job({ job: 'compile', id: 'c-1', status: 'COMPLETED', ended: true })
      return unmet()
    }
    const { events } = await record([scenario('compiles', ['build'])], { kinds: { build: job } })
    expect(only(events, 'job-changed').map((event) => event.status)).to.deep.equal(['QUEUED', 'COMPLETED'])
    expect(only(events, 'job-changed')[1]).to.include({ scenario: 'menu.cxspec.yaml#compiles', try: 1, step: 0, ended: true })
  })

  it('keeps a problem as the step told it', async () => {
    const { events } = await record([scenario('errs', ['error'])])
    expect(only(events, 'scenario-finished')[0]?.outcome).to.have.property('problem').that.deep.includes(problems.server)
  })
})
