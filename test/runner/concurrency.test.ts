import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../src/model/event.ts'
import type { Scenario } from '../../src/model/suite.ts'
import type { LoadedFile } from '../../src/runner/run-options.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Fake, fakes, file, only, outcomes, playOut, record, scenario, step } from './run-fixture.ts'

/** Counts how many are inside at once, and remembers the most. */
class Gauge {
  now = 0
  most = 0

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.now += 1
    this.most = Math.max(this.most, this.now)
    try {
      return await work()
    } finally {
      this.now -= 1
    }
  }
}

function many(count: number, make: (index: number) => Scenario): Scenario[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** Works, waits for a job without a place, and works again: counted while it works and while its job is open. */
function gauged(working: Gauge, jobs: Gauge): Fake {
  return (context, one) =>
    context.openJob(() =>
      jobs.during(async () => {
        await working.during(() => fakes.pass())
        await context.park(() => context.clock.sleep(Number(one.input['ms']), context.signal))
        return working.during(async () => {
          await new Promise((resolve) => setImmediate(resolve))
          return undefined
        })
      }),
    )
}

describe('concurrency of a run', () => {
  it('never lets more scenarios work, nor more jobs be open, than is allowed', async () => {
    const scripts = fc.record({
      requestsAtOnce: fc.integer({ min: 1, max: 5 }),
      jobsOpen: fc.integer({ min: 1, max: 7 }),
      jobsMs: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(scripts, async ({ requestsAtOnce, jobsOpen, jobsMs }) => {
        const working = new Gauge()
        const jobs = new Gauge()
        const scenarios = many(jobsMs.length, (index) => scenario(`${index}`, [step('gauged', { input: { ms: jobsMs[index] ?? 0 } })]))
        const { summary } = await record(scenarios, { kinds: { gauged: gauged(working, jobs) }, limits: { requestsAtOnce, jobsOpen } })
        expect(summary.counts.passed).to.equal(jobsMs.length)
        expect(working.most).to.be.at.most(requestsAtOnce)
        expect(jobs.most).to.be.at.most(jobsOpen)
      }),
      { numRuns: 60 },
    )
  })

  it('fills all places when there is enough to do', async () => {
    const working = new Gauge()
    const hold: Fake = () => working.during(() => new Promise((resolve) => setImmediate(() => resolve(undefined))))
    await record(
      many(50, (index) => scenario(`${index}`, ['hold'])),
      { kinds: { hold }, limits: { requestsAtOnce: 4 } },
    )
    expect(working.most).to.equal(4)
  })

  it('waits for 1,000 jobs of a second in about five seconds with 200 of them open, although only 8 work at once', async () => {
    const clock = new FakeClock()
    const scenarios = many(1_000, (index) => scenario(`${index}`, [step('job', { input: { ms: 1_000 } })]))
    const recording = record(scenarios, { clock, limits: { requestsAtOnce: 8, jobsOpen: 200 } })
    expect(await playOut(clock, recording, 100)).to.be.within(5_000, 5_500)
    expect((await recording).summary.counts.passed).to.equal(1_000)
  })

  it('does not let newcomers keep those that come back from a job waiting', async () => {
    const order: string[] = []
    const enter: Fake = async (_context, { input }) => {
      order.push(String(input['name']))
      return undefined
    }
    const jobThenEnter: Fake = async (context, one) => {
      await context.park(() => new Promise((resolve) => setImmediate(resolve)))
      return enter(context, one)
    }
    const scenarios = [
      scenario('back', [step('jobThenEnter', { input: { name: 'back' } })]),
      ...many(40, (index) => scenario(`${index}`, [step('enter', { input: { name: `${index}` } })])),
    ]
    await record(scenarios, { kinds: { enter, jobThenEnter }, limits: { requestsAtOnce: 1 } })
    expect(order.indexOf('back')).to.be.at.most(4)
  })

  describe('after a step was cut short', () => {
    const deafPark: Fake = (context) => context.park(() => context.clock.sleep(3_000)).then(() => undefined)
    const never = (): Promise<never> => new Promise(() => undefined)

    it('lets its teardown work in a place, although the step had given its own back', async () => {
      const clock = new FakeClock()
      const working = new Gauge()
      const hold: Fake = (context) => working.during(() => context.clock.sleep(500, context.signal)).then(() => undefined)
      const recording = record(
        [scenario('cut', ['deafPark'], { teardown: [step('hold')] }), scenario('a', ['hold']), scenario('b', ['hold'])],
        {
          clock,
          kinds: { deafPark, hold },
          limits: { requestsAtOnce: 1 },
          timeouts: { stepMs: 700 },
        },
      )
      await clock.advance(10_000)
      await recording
      expect(working.most).to.equal(1)
    })

    it('lets the step take no place back that it had given up for a wait', async () => {
      const clock = new FakeClock()
      const recording = record(
        [scenario('cut', ['deafPark']), ...many(9, (index) => scenario(`${index}`, [step('work', { input: { ms: 600 } })]))],
        {
          clock,
          kinds: { deafPark },
          limits: { requestsAtOnce: 1 },
          timeouts: { stepMs: 1_000 },
        },
      )
      await clock.advance(20_000)
      expect((await recording).summary.counts).to.include({ passed: 9, errored: 1 })
    })

    it('keeps no place for a step that was about to get one back', async () => {
      const clock = new FakeClock()
      const controller = new AbortController()
      const shortPark: Fake = (context) => context.park(() => context.clock.sleep(10)).then(() => undefined)
      const scenarios = [
        scenario('a', ['shortPark']),
        scenario('b', ['shortPark'], { teardown: [step('pass')] }),
        scenario('holds', ['hang'], { teardown: [step('pass')] }),
      ]
      const recording = record(scenarios, { clock, signal: controller.signal, kinds: { shortPark }, limits: { requestsAtOnce: 1 } })
      await clock.advance(100)
      controller.abort()
      await clock.advance(1_000)
      expect((await recording).summary.counts).to.include({ notRun: 3, teardownsFailed: 0 })
      expect(clock.now()).to.equal(1_100)
    })

    it('gives the place of its job to others', async () => {
      const clock = new FakeClock()
      const recording = record([scenario('cut', ['deafJob']), scenario('next', ['job'])], {
        clock,
        kinds: { deafJob: (context) => context.openJob(never) },
        limits: { requestsAtOnce: 2, jobsOpen: 1 },
        timeouts: { stepMs: 1_000 },
      })
      await clock.advance(5_000)
      expect(outcomes((await recording).events)).to.deep.equal({ cut: 'errored', next: 'passed' })
    })
  })

  it('does not charge a step for the time in which it waits for a place of ours', async () => {
    const clock = new FakeClock()
    const jobs = many(4, (index) => scenario(`${index}`, [step('job', { input: { ms: 900 }, withinMs: 1_000 })]))
    const recording = record(jobs, { clock, limits: { requestsAtOnce: 4, jobsOpen: 1 }, timeouts: { scenarioMs: 1_000 } })
    await clock.advance(10_000)
    expect((await recording).summary.counts.passed).to.equal(4)
  })

  it('never runs scenarios beside each other that share a resource, and runs all of them', async () => {
    const resources = fc.uniqueArray(fc.constantFrom('campaign-1', 'agent-1', 'agent-2'), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(resources, { maxLength: 25 }), fc.integer({ min: 1, max: 6 }), async (claims, requestsAtOnce) => {
        const inUse = new Set<string>()
        const use: Fake = async (context, { input }) => {
          const wanted = claims[Number(input['index'])] ?? []
          for (const resource of wanted) expect(inUse.has(resource)).to.equal(false)
          for (const resource of wanted) inUse.add(resource)
          await context.park(() => context.clock.sleep(5, context.signal))
          for (const resource of wanted) inUse.delete(resource)
          return undefined
        }
        const scenarios = claims.map((own, index) => scenario(`${index}`, [step('use', { input: { index } })], { resources: own }))
        const { summary } = await record(scenarios, { kinds: { use }, limits: { requestsAtOnce } })
        expect(summary.bugs).to.deep.equal([])
        expect(summary.counts.passed).to.equal(claims.length)
      }),
      { numRuns: 60 },
    )
  })

  it('occupies no place while it waits for a resource', async () => {
    const clock = new FakeClock()
    const slow = (name: string, resources: readonly string[]): Scenario =>
      scenario(name, [step('work', { input: { ms: 100 } })], { resources })
    const scenarios = [slow('first', ['agent']), slow('second', ['agent']), ...many(4, (index) => slow(`${index}`, []))]
    expect(await playOut(clock, record(scenarios, { clock, limits: { requestsAtOnce: 2 } }))).to.equal(300)
  })

  describe('order', () => {
    const started = (events: readonly RunEvent[]): (string | undefined)[] =>
      only(events, 'scenario-started').map((event) => event.scenario.split('#')[1])
    const four = many(4, (index) => scenario('abcd'.charAt(index)))

    it('is that of the files where nothing is known of earlier runs', async () => {
      expect(started((await record(four)).events)).to.deep.equal(['a', 'b', 'c', 'd'])
    })

    it('starts with what is unknown, then with what took longest', async () => {
      const durations = new Map([
        ['menu.cxspec.yaml#a', 10],
        ['menu.cxspec.yaml#b', 500],
        ['menu.cxspec.yaml#d', 40],
      ])
      expect(started((await record(four, { durations })).events)).to.deep.equal(['c', 'b', 'd', 'a'])
    })

    it('shortens the run that way', async () => {
      const works = many(9, (index) => scenario(`${index}`, [step('work', { input: { ms: index === 8 ? 400 : 100 } })]))
      const durations = new Map(works.map((one) => [one.id, one.name === '8' ? 400 : 100]))
      const makespan = async (known?: ReadonlyMap<string, number>): Promise<number> => {
        const clock = new FakeClock()
        return playOut(clock, record(works, { clock, limits: { requestsAtOnce: 3 }, ...(known ? { durations: known } : {}) }))
      }
      expect(await makespan()).to.equal(600)
      expect(await makespan(durations)).to.equal(400)
    })

    it('reads files only as they are needed', async () => {
      let read = 0
      function* files(): Generator<LoadedFile> {
        for (read = 1; read <= 100; read += 1) yield file(`${read}.yaml`, [scenario(`${read}`)])
      }
      let most = 0
      let finished = 0
      await record(files(), {
        limits: { requestsAtOnce: 2 },
        onEvent: (event) => {
          if (event.type === 'scenario-finished') finished += 1
          most = Math.max(most, read - finished)
        },
      })
      expect(finished).to.equal(100)
      expect(most).to.be.at.most(5)
    })
  })
})
