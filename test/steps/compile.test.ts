import { expect } from 'chai'
import type { Json } from '../../src/model/json.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import { compile } from '../../src/steps/compile.ts'
import { performer } from '../../src/steps/perform-step.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Answerer, type TestContext, testContext } from '../support/step-context.ts'

/** A target whose jobs are `QUEUED` until `startMs`, `IN_PROGRESS` until `endMs`, and then end as told. */
function compiler(
  clock: FakeClock,
  times: { readonly startMs: number; readonly endMs: number },
  end: Json = { status: 'COMPLETED' },
): Answerer {
  const acceptedAtMs = new Map<string, number>()
  return ({ method, path }) => {
    if (method === 'POST') {
      const compileId = `job-${acceptedAtMs.size + 1}`
      acceptedAtMs.set(compileId, clock.now())
      return { compileId, status: 'QUEUED' }
    }
    const elapsedMs = clock.now() - (acceptedAtMs.get(path.split('/').at(-1) ?? '') ?? 0)
    if (elapsedMs < times.startMs) return { status: 'QUEUED' }
    return elapsedMs < times.endMs ? { status: 'IN_PROGRESS' } : end
  }
}

/** A target whose jobs go through these statuses, one a look, and stay in the last. */
function statuses(...told: readonly string[]): Answerer {
  let looks = 0
  return ({ method }) => {
    const status = told[Math.min(looks, told.length - 1)] ?? 'QUEUED'
    looks += 1
    return method === 'POST' ? { compileId: 'job-1', status } : { status }
  }
}

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const error = await run.then(
    () => new Error('it resolved'),
    (reason: unknown) => reason,
  )
  if (error instanceof ProblemError) return error.problem
  throw error
}

function looksOf(context: TestContext): number {
  return context.sent.filter((request) => request.method === 'GET').length
}

const input = { flowId: 'main-menu' }

describe('compile', () => {
  it('starts a compilation, follows it to its end, and tells every change', async () => {
    const clock = new FakeClock({ auto: true })
    const end = { status: 'COMPLETED', warnings: [{ code: 'VALIDATION_ERROR', message: 'no way in', location: { line: 9, column: 0 } }] }
    const context = testContext(compiler(clock, { startMs: 600, endMs: 1_200 }, end), { clock })
    expect(await compile.run(input, context)).to.deep.equal({
      flowId: 'main-menu',
      compileId: 'job-1',
      status: 'COMPLETED',
      errors: [],
      warnings: [{ code: 'VALIDATION_ERROR', message: 'no way in', line: 9 }],
      durationMs: 1_500,
    })
    expect(context.jobs).to.deep.equal([
      { job: 'compile', id: 'job-1', status: 'QUEUED', subject: 'main-menu' },
      { job: 'compile', id: 'job-1', status: 'IN_PROGRESS', subject: 'main-menu' },
      {
        ...{ job: 'compile', id: 'job-1', status: 'COMPLETED', ended: true, subject: 'main-menu' },
        result: { status: 'COMPLETED', errors: [], warnings: [{ code: 'VALIDATION_ERROR', message: 'no way in', line: 9 }] },
      },
    ])
    expect(context.notes.map(({ phase, subject }) => `${phase} ${subject}`)).to.deep.equal(['validated main-menu', 'dispatched main-menu'])
    expect(context.sent[0]).to.deep.include({
      api: 'flow-compile',
      method: 'POST',
      path: '/api/v2/flows/main-menu/compile',
      startsJob: true,
    })
    expect(context.sent[0]).to.not.have.property('body')
    expect(context.sent[1]).to.deep.include({ api: 'flow-compile-status', method: 'GET', path: '/api/v2/flows/main-menu/compile/job-1' })
  })

  it('passes directives on as they are', async () => {
    const context = testContext(statuses('QUEUED', 'COMPLETED'))
    await compile.run({ ...input, directives: { optimize: true } }, context)
    expect(context.sent[0]?.body).to.deep.equal({ flowId: 'main-menu', directives: { optimize: true } })
  })

  it('maps errors to code, line and column, where a line that is 0, null or missing is unknown', async () => {
    const told = [{ line: 7, column: 3 }, { line: 0, column: 0 }, { line: null }, null, { line: 0, column: 5 }]
    const errors = told.map((location) => ({ code: 'SYNTAX_ERROR', message: 'm', location }))
    const observation = await compile.run(
      input,
      testContext(({ method }) =>
        method === 'POST' ? { compileId: 'j', status: 'QUEUED' } : { status: 'FAILED', errors, warnings: null },
      ),
    )
    const unknown = { code: 'SYNTAX_ERROR', message: 'm' }
    expect(observation.errors).to.deep.equal([{ ...unknown, line: 7, column: 3 }, unknown, unknown, unknown, unknown])
    expect(observation.warnings).to.deep.equal([])
  })

  it('reads the result of a job that had ended when it was accepted', async () => {
    const context = testContext(({ method }) =>
      method === 'POST' ? { compileId: 'j', status: 'FAILED' } : { status: 'FAILED', errors: [{ code: 'X', message: 'm' }] },
    )
    expect((await compile.run(input, context)).errors).to.have.length(1)
    expect(context.jobs).to.deep.equal([{ job: 'compile', id: 'j', status: 'FAILED', ended: true, subject: 'main-menu' }])
  })

  it('holds a place for open jobs while its job is open, and is parked while it waits', async () => {
    const open: number[] = []
    const answer = statuses('QUEUED', 'IN_PROGRESS', 'COMPLETED')
    const context: TestContext = testContext((request) => {
      open.push(context.counts.jobsOpen)
      return answer(request)
    })
    await compile.run(input, context)
    expect(open).to.deep.equal([1, 1, 1])
    expect(context.counts).to.deep.equal({ parked: 2, jobsOpen: 0 })
  })

  it('learns how long compilations take: about two looks a job, and hardly later', async () => {
    const clock = new FakeClock({ auto: true })
    const context = testContext(compiler(clock, { startMs: 200, endMs: 5_000 }), { clock })
    for (let job = 0; job < 5; job += 1) await compile.run(input, context)
    const [looksBefore, startMs] = [looksOf(context), clock.now()]
    for (let job = 0; job < 20; job += 1) await compile.run(input, context)
    expect((looksOf(context) - looksBefore) / 20).to.be.at.most(2.5)
    expect((clock.now() - startMs) / 20).to.be.at.most(5_000 * 1.06)
  })

  it('follows the usual duration when it changes', async () => {
    const clock = new FakeClock({ auto: true })
    const times = { startMs: 0, endMs: 10_000 }
    const context = testContext(compiler(clock, times), { clock })
    for (let job = 0; job < 10; job += 1) await compile.run(input, context)
    times.endMs = 2_000
    for (let job = 0; job < 40; job += 1) await compile.run(input, context)
    const startMs = clock.now()
    await compile.run(input, context)
    expect(clock.now() - startMs).to.be.at.most(2_000 * 1.3)
  })

  describe('when a job misbehaves', () => {
    it('calls a job that never moves stuck, at its deadline, with the last status', async () => {
      const clock = new FakeClock({ auto: true })
      const context = testContext(statuses('QUEUED', 'IN_PROGRESS'), { clock, withinMs: 10_000, deadlineAtMs: 10_000 })
      const problem = await problemOf(compile.run(input, context))
      expect(problem).to.deep.include({
        code: 'JOB_STUCK',
        message: 'compilation job-1 of flow "main-menu" was still IN_PROGRESS after 9.8s, and "within: 10s" is over',
        details: { job: 'compile', jobId: 'job-1', lastStatus: 'IN_PROGRESS', withinMs: 10_000 },
      })
      expect(clock.now()).to.be.within(9_500, 10_000)
      expect(context.jobs.some((change) => change.ended)).to.equal(false)
    })

    it('is bounded by the time of its step where the author gives none', async () => {
      const problem = await problemOf(compile.run(input, testContext(statuses('QUEUED'), { deadlineAtMs: 2_000 })))
      expect(problem.message).to.equal('compilation job-1 of flow "main-menu" was still QUEUED after 2s, and the time of its step is over')
    })

    for (const [what, told, message] of [
      ['goes back', ['QUEUED', 'IN_PROGRESS', 'QUEUED'], 'went back: its status was "QUEUED" after IN_PROGRESS'],
      ['has an unknown status', ['QUEUED', 'PAUSED'], 'has a status that is not known: "PAUSED" after QUEUED'],
      ['begins with an unknown status', ['NEW'], 'has a status that is not known: "NEW" when it was accepted'],
    ] as const) {
      it(`reports a job that ${what}`, async () => {
        const problem = await problemOf(compile.run(input, testContext(statuses(...told))))
        expect(problem.code).to.equal('ILLEGAL_STATUS')
        expect(problem.message).to.include(message)
      })
    }

    it('lets a job skip a status', async () => {
      expect((await compile.run(input, testContext(statuses('QUEUED', 'COMPLETED')))).status).to.equal('COMPLETED')
    })
  })

  describe('when looks fail', () => {
    const broken = (more: Partial<Problem> = {}): ProblemError =>
      new ProblemError({ code: 'SERVER_ERROR', message: 'GET … answered 503', ...more })

    /** A target whose looks fail as told, one after the other, and whose job is then complete. */
    const failing = (...failures: readonly ProblemError[]): Answerer => {
      const left = [...failures]
      return ({ method }) => {
        if (method === 'POST') return { compileId: 'job-1', status: 'QUEUED' }
        const failure = left.shift()
        if (failure) throw failure
        return { status: 'COMPLETED' }
      }
    }

    it('looks again, since the job is not to blame', async () => {
      expect((await compile.run(input, testContext(failing(broken(), broken())))).status).to.equal('COMPLETED')
    })

    it('gives up after three in a row, with the last status', async () => {
      const context = testContext(failing(...Array.from({ length: 9 }, () => broken({ details: { attempts: 3 } }))))
      const problem = await problemOf(compile.run(input, context))
      expect(problem).to.deep.include({
        code: 'SERVER_ERROR',
        message: 'GET … answered 503; compilation job-1 of flow "main-menu" was QUEUED when last seen',
        details: { attempts: 3, job: 'compile', jobId: 'job-1', lastStatus: 'QUEUED' },
      })
      expect(looksOf(context)).to.equal(3)
    })

    it('gives up at once where another look cannot help', async () => {
      for (const problem of [{ code: 'NOT_FOUND' }, { code: 'FORBIDDEN' }, { code: 'PLATFORM_UNAVAILABLE', blocks: 'target' }] as const) {
        const context = testContext(failing(broken(problem)))
        expect((await problemOf(compile.run(input, context))).code).to.equal(problem.code)
        expect(looksOf(context)).to.equal(1)
      }
    })

    it('lets what is no problem through untouched', async () => {
      const bug = new TypeError('a bug')
      const run = compile.run(
        input,
        testContext(({ method }) => {
          if (method === 'POST') return { compileId: 'job-1', status: 'QUEUED' }
          throw bug
        }),
      )
      expect(await run.catch((error: unknown) => error)).to.equal(bug)
    })

    it('starts no second job when the start fails', async () => {
      const context = testContext(() => {
        throw broken({ code: 'UNKNOWN_OUTCOME' })
      })
      expect((await problemOf(compile.run(input, context))).code).to.equal('UNKNOWN_OUTCOME')
      expect(context.sent).to.have.length(1)
      expect(context.jobs).to.deep.equal([])
    })
  })

  describe('when it is aborted', () => {
    it('ends at once while it waits, with the reason', async () => {
      const clock = new FakeClock()
      const controller = new AbortController()
      const context = testContext(statuses('QUEUED'), { clock, signal: controller.signal })
      const run = compile.run(input, context).catch((error: unknown) => error)
      await clock.advance(300)
      controller.abort('stop')
      expect(await run).to.equal('stop')
      expect(clock.now()).to.equal(300)
      expect(looksOf(context)).to.equal(0)
    })

    it('ends at once in the middle of a look, with the reason', async () => {
      const controller = new AbortController()
      const context = testContext(
        ({ method }) => {
          if (method === 'POST') return { compileId: 'job-1', status: 'QUEUED' }
          controller.abort('stop')
          throw new ProblemError({ code: 'TIMEOUT', message: 'cut' })
        },
        { signal: controller.signal },
      )
      expect(await compile.run(input, context).catch((error: unknown) => error)).to.equal('stop')
    })
  })

  describe('as judged', () => {
    const perform = performer(compile)
    const failed: Answerer = ({ method }) =>
      method === 'POST'
        ? { compileId: 'job-1', status: 'QUEUED' }
        : { status: 'FAILED', errors: [{ code: 'SYNTAX_ERROR', message: 'unexpected end', location: { line: 7, column: 3 } }] }

    it('has to end in COMPLETED without being asked to', async () => {
      const { findings } = await perform({ input, expect: {} }, testContext(failed))
      expect(findings).to.have.length(1)
      expect(findings[0]).to.deep.include({
        code: 'COMPILATION_FAILED',
        message: 'the compilation of "main-menu" ended FAILED with 1 error, expected COMPLETED',
        details: ['SYNTAX_ERROR at 7:3: unexpected end'],
      })
    })

    it('may fail where the author expects that, by status or by errors', async () => {
      for (const expected of [
        { status: 'FAILED' },
        { errors: [{ code: 'SYNTAX_ERROR', line: 7 }] },
        { errors: 'any' },
        { errors: { count: 1 } },
      ]) {
        expect((await perform({ input, expect: expected }, testContext(failed))).findings, JSON.stringify(expected)).to.deep.equal([])
      }
      const { findings } = await perform({ input, expect: { errors: 'none' } }, testContext(failed))
      expect(findings.map((finding) => finding.code)).to.deep.equal(['ERROR_COUNT_DIFFERS', 'COMPILATION_FAILED'])
    })

    it('yields its fields to later steps', async () => {
      const { outputs, observation } = await perform({ input, expect: {} }, testContext(statuses('QUEUED', 'COMPLETED')))
      expect(outputs).to.deep.include({ compileId: 'job-1', status: 'COMPLETED', flowId: 'main-menu', errors: [] })
      expect(JSON.parse(JSON.stringify(observation))).to.deep.equal(observation)
    })

    it('needs a flow', async () => {
      expect((await problemOf(perform({ input: {}, expect: {} }, testContext(failed)))).code).to.equal('INVALID_STEP')
    })
  })
})
