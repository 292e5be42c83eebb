import { expect } from 'chai'
import { Breakdown, Interruption } from '../../src/runner/interruption.ts'
import type { LoadedFile } from '../../src/runner/run-options.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Fake, file, met, only, outcomes, record, scenario, step } from './run-fixture.ts'

describe('Interruption', () => {
  it('knows the exit code of its signal', () => {
    expect(new Interruption('SIGINT').exitCode).to.equal(130)
    expect(new Interruption('SIGTERM').exitCode).to.equal(143)
  })
})

describe('an interrupted run', () => {
  it('starts nothing more, cuts short what works, tidies up, and tells all the rest as not run', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const tidied: number[] = []
    const tidy: Fake = async () => {
      tidied.push(clock.now())
      return met
    }
    const scenarios = [
      scenario('heeds', ['hang'], { teardown: [step('tidy')] }),
      scenario('ignores', ['ignore'], { teardown: [step('tidy')] }),
      scenario('waits', ['pass'], { teardown: [step('tidy')] }),
    ]
    const recording = record(scenarios, { clock, signal: controller.signal, kinds: { tidy }, limits: { requestsAtOnce: 2 } })
    await clock.advance(1_000)
    controller.abort(new Interruption('SIGINT'))
    await clock.advance(50)
    const { events, summary } = await recording
    expect(outcomes(events)).to.deep.equal({ heeds: 'not-run', ignores: 'not-run', waits: 'not-run' })
    expect(tidied).to.deep.equal([1_000, 1_000])
    expect(only(events, 'scenario-finished').map((event) => event.tries)).to.have.members([1, 1, 0])
    expect(only(events, 'run-finished')[0]).to.include({ exitCode: 130, interruption: 'the run was interrupted by SIGINT' })
    expect(summary.exitCode).to.equal(130)
  })

  it('gives all teardowns together four seconds, also those that had begun', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    let finishedAtMs = 0
    const recording = record(
      [
        scenario('tidies', ['pass'], { teardown: [step('ignore')] }),
        scenario('works', ['hang'], { teardown: [step('hang'), step('pass')] }),
      ],
      {
        clock,
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type === 'run-finished') finishedAtMs = clock.now()
        },
      },
    )
    await clock.advance(1_000)
    controller.abort(new Interruption('SIGTERM'))
    await clock.advance(7_000)
    const { events, summary } = await recording
    expect(finishedAtMs).to.equal(5_000)
    expect(outcomes(events)).to.deep.equal({ tidies: 'passed', works: 'not-run' })
    expect(only(events, 'teardown-failed').map((event) => event.problem?.message)).to.satisfy((messages: string[]) =>
      messages.every((message) => message.startsWith('no time was left to tidy up')),
    )
    expect(summary.exitCode).to.equal(143)
  })

  it('begins no teardown once the time for all of them is over', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const deaf: Fake = (context) => context.park(() => new Promise(() => undefined))
    const scenarios = ['a', 'b', 'c'].map((name) => scenario(name, ['deaf'], { teardown: [step('ignore')] }))
    const recording = record(scenarios, { clock, signal: controller.signal, kinds: { deaf }, limits: { requestsAtOnce: 1 } })
    await clock.advance(1_000)
    controller.abort(new Interruption('SIGINT'))
    await clock.advance(4_100)
    const { events } = await recording
    expect(only(events, 'run-finished')[0]?.atMs).to.equal(5_000)
    expect(only(events, 'teardown-failed')).to.have.length(3)
  })

  it('names the scenarios of files that were not read yet, and gives up on a file that does not come', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    async function* files(): AsyncGenerator<LoadedFile> {
      yield file('a.yaml', [scenario('a', ['hang'])])
      yield file('b.yaml', [scenario('b')])
      yield file('c.yaml', [scenario('c')])
      await new Promise(() => undefined)
    }
    const recording = record(files(), { clock, signal: controller.signal, limits: { requestsAtOnce: 1, jobsOpen: 1 } })
    await clock.advance(100)
    controller.abort(new Interruption('SIGINT'))
    await clock.advance(6_000)
    const { events, summary } = await recording
    expect(outcomes(events)).to.deep.equal({ a: 'not-run', b: 'not-run', c: 'not-run' })
    expect(summary.interruption).to.contain('not every scenario file was read')
  })

  it('cuts short also what is just about to begin', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const recording = record([scenario('a', ['hang'])], {
      clock,
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'scenario-started') controller.abort(new Interruption('SIGINT'))
      },
    })
    await clock.advance(100)
    expect(outcomes((await recording).events)).to.deep.equal({ a: 'not-run' })
  })

  it('runs nothing where the signal came before the run', async () => {
    const { events, summary } = await record([scenario('a')], { signal: AbortSignal.abort(new Interruption('SIGTERM')) })
    expect(outcomes(events)).to.deep.equal({ a: 'not-run' })
    expect(summary.exitCode).to.equal(143)
  })

  it('keeps the verdict of a try that had ended, and does not try again', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const stop: Fake = async () => {
      controller.abort(new Interruption('SIGINT'))
      return met
    }
    const { events } = await record([scenario('s', ['fail'], { retries: 5, teardown: [step('stop')] })], {
      clock,
      signal: controller.signal,
      kinds: { stop },
    })
    expect(only(events, 'scenario-finished')[0]).to.include({ tries: 1 })
    expect(outcomes(events)).to.deep.equal({ s: 'failed' })
  })

  it('takes any other reason of its signal for a SIGINT', async () => {
    const { summary } = await record([scenario('a')], { signal: AbortSignal.abort(new Error('enough')) })
    expect(summary.exitCode).to.equal(130)
  })

  it('ends with exit code 70 where it broke down', async () => {
    const { events, summary } = await record([scenario('a')], { signal: AbortSignal.abort(new Breakdown('the disk is full')) })
    expect(outcomes(events)).to.deep.equal({ a: 'not-run' })
    expect(summary).to.include({ exitCode: 70, interruption: 'the disk is full' })
  })

  it('is interrupted also where it had stopped by --bail', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const recording = record([scenario('slow', ['hang']), scenario('fails', ['fail'])], { clock, signal: controller.signal, bail: 1 })
    await clock.advance(100)
    controller.abort(new Interruption('SIGINT'))
    await clock.advance(100)
    const { events, summary } = await recording
    expect(outcomes(events)).to.deep.equal({ fails: 'failed', slow: 'not-run' })
    expect(summary.exitCode).to.equal(130)
  })
})
