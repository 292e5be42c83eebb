import { expect } from 'chai'
import type { Json } from '../../src/model/json.ts'
import { type Problem, ProblemError } from '../../src/model/problem.ts'
import { performer } from '../../src/steps/perform-step.ts'
import { setAvailability } from '../../src/steps/set-availability.ts'
import { type AgentPlatform, ALL_DAY, agentPlatform } from './agent-platform.ts'

const skillLevels = [{ skillId: 's-5', level: 2, concurrentInteractions: 3 }]
const input = { agentId: 'agent-1', workModeId: 'chat' }
const NOW = '2026-01-02T03:04:05.000Z'
/** Reading an agent costs so many requests: its profile, one page of skills, its shifts. */
const READING = ['agents', 'agent-skills', 'agent-schedules']

function apis({ context }: AgentPlatform): readonly string[] {
  return context.sent.map(({ api }) => api)
}

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const error = await run.then(
    () => new Error('it resolved'),
    (reason: unknown) => reason,
  )
  if (error instanceof ProblemError) return error.problem
  throw error
}

describe('setAvailability', () => {
  it('reads the agent with all its skills and shifts, changes it, and publishes that', async () => {
    const skills = [...['s-1', 's-2', 's-3', 's-4'].map((skillId) => ({ skillId })), { skillId: 's-5', maximumConcurrentInteractions: 3 }]
    const platform = agentPlatform({ skills })
    const observation = await setAvailability.run({ ...input, skillLevels, reason: 'test' }, platform.context, {})
    const event = { agentId: 'agent-1', previousState: 'voice', newState: 'chat', syncTimestamp: '2026-01-02T03:04:05.000Z' }
    expect(observation).to.deep.equal({
      ...{ agentId: 'agent-1', requestedWorkModeId: 'chat', outcome: 'changed', workModeId: 'chat', previousWorkModeId: 'voice' },
      ...{ refused: [], conflicts: 0, routingScore: 100, event, latencyMs: 40 },
    })
    expect(apis(platform)).to.deep.equal([
      ...['agents', 'agent-skills', 'agent-skills', 'agent-skills', 'agent-schedules'],
      ...['agent-workmodes', 'events'],
    ])
    expect(platform.changes[0]?.headers).to.deep.equal({ 'if-match': '"1"' })
    expect(platform.changes[0]?.body).to.deep.equal({
      ...{ workModeId: 'chat', skillLevels, reason: 'test' },
      metadata: { source: 'cxspec', timestamp: NOW },
    })
    expect(platform.events).to.deep.equal([event])
  })

  it('tells what it does, phase by phase', async () => {
    const { context } = agentPlatform()
    await setAvailability.run(input, context, {})
    expect(context.notes).to.deep.equal([
      { job: 'availability', id: 'agent-1', phase: 'validated', result: [] },
      {
        ...{ job: 'availability', id: 'agent-1', phase: 'dispatched' },
        payload: { workModeId: 'chat', skillLevels: [], previousWorkModeId: 'voice' },
      },
    ])
    expect(context.jobs).to.deep.equal([{ job: 'availability', id: 'agent-1', status: 'CHANGED', ended: true, latencyMs: 40 }])
  })

  for (const [what, refused, options, more] of [
    ['without a shift', ['no-shift'], { shifts: [] }, {}],
    ['after the shift', ['no-shift'], {}, { at: '2026-01-03T00:00:00Z' }],
    ['in a shift of another work mode', ['shift-conflict'], { shifts: [{ ...ALL_DAY[0], workModeId: 'voice' }] }, {}],
    ['with too many interactions at once', ['concurrency-exceeded'], { skills: [{ skillId: 's-5' }] }, { skillLevels }],
  ] as const) {
    it(`is refused ${what}, before anything is sent`, async () => {
      const platform = agentPlatform(options)
      const observation = await setAvailability.run({ ...input, ...more }, platform.context, {})
      expect(observation).to.deep.include({ outcome: 'refused', workModeId: 'voice', conflicts: 0 })
      expect(observation.refused.map(({ code }) => code)).to.deep.equal(refused)
      expect(observation).not.to.have.any.keys('event', 'latencyMs', 'previousWorkModeId')
      expect(apis(platform)).to.deep.equal(READING)
    })
  }

  it('judges by the clock that it is given, to the millisecond', async () => {
    const shifts = [{ startTime: '2026-01-02T03:04:06Z', endTime: '2026-01-02T03:04:07Z', workModeId: 'chat' }]
    const platform = agentPlatform({ shifts })
    const outcomeAfter = async (ms: number): Promise<string> => {
      await platform.context.clock.advance(ms)
      return (await setAvailability.run(input, platform.context, {})).outcome
    }
    expect(await outcomeAfter(999)).to.equal('refused')
    expect(await outcomeAfter(1)).to.equal('changed')
    expect(await outcomeAfter(999)).to.equal('changed')
    expect(await outcomeAfter(1)).to.equal('refused')
  })

  describe('when somebody else changes the agent too', () => {
    it('reads and judges anew, 200 ms later', async () => {
      const platform = agentPlatform({ fates: [{ interfere: 'break' }, { interfere: 'lunch' }] })
      const observation = await setAvailability.run(input, platform.context, {})
      expect(observation).to.include({ outcome: 'changed', conflicts: 2, previousWorkModeId: 'lunch' })
      expect(apis(platform)).to.deep.equal([1, 2, 3].flatMap(() => [...READING, 'agent-workmodes']).concat('events'))
      expect(platform.changes.map(({ headers }) => headers?.['if-match'])).to.deep.equal(['"1"', '"2"', '"3"'])
      expect(platform.context.clock.slept).to.deep.equal([200, 200])
    })

    it('gives up after the third conflict', async () => {
      const platform = agentPlatform({ fates: [{ interfere: 'a' }, { interfere: 'b' }, { interfere: 'c' }] })
      const observation = await setAvailability.run(input, platform.context, {})
      expect(observation).to.deep.include({ outcome: 'conflict', conflicts: 3, workModeId: 'c' })
      expect(platform.changes).to.have.length(3)
      expect(platform.events).to.deep.equal([])
    })

    it('is refused where the shift has ended meanwhile', async () => {
      const shifts = [{ ...ALL_DAY[0], endTime: '2026-01-02T03:04:05.100Z' }]
      const platform = agentPlatform({ shifts, fates: [{ interfere: 'break' }] })
      const order = { ...input }
      expect((await setAvailability.run(order, platform.context, {})).outcome).to.equal('refused')
      expect(platform.changes).to.have.length(1)
    })
  })

  describe('when the answer is lost', () => {
    it('reads again, and sends nothing again where the change was made', async () => {
      const platform = agentPlatform({ fates: ['lost-made'] })
      const observation = await setAvailability.run(input, platform.context, {})
      expect(observation).to.include({ outcome: 'changed', conflicts: 0, workModeId: 'chat', previousWorkModeId: 'voice' })
      expect(observation).not.to.have.property('latencyMs')
      expect(platform.changes).to.have.length(1)
      expect(platform.events).to.have.length(1)
    })

    it('tries again where the agent is as it was', async () => {
      const platform = agentPlatform({ fates: ['lost-not-made'] })
      expect(await setAvailability.run(input, platform.context, {})).to.include({ outcome: 'changed', conflicts: 0, latencyMs: 40 })
      expect(platform.changes).to.have.length(2)
    })

    it('tries again, on the new ground, where somebody else was faster', async () => {
      const platform = agentPlatform({ fates: [{ lostAfter: 'break' }] })
      expect(await setAvailability.run(input, platform.context, {})).to.include({
        outcome: 'changed',
        conflicts: 1,
        previousWorkModeId: 'break',
      })
    })

    it('has a problem where it is lost each time', async () => {
      const platform = agentPlatform({ fates: ['lost-not-made', 'lost-not-made', 'lost-not-made'] })
      expect((await problemOf(setAvailability.run(input, platform.context, {}))).code).to.equal('UNKNOWN_OUTCOME')
      expect(platform.changes).to.have.length(3)
    })
  })

  it('publishes nothing where the author says so', async () => {
    const platform = agentPlatform()
    const observation = await setAvailability.run({ ...input, publish: false }, platform.context, {})
    expect(platform.events).to.deep.equal([])
    expect(observation).not.to.have.property('event')
  })

  it('ends at once when it is aborted, with the reason', async () => {
    const controller = new AbortController()
    const platform = agentPlatform({ fates: [{ interfere: 'a' }], context: { signal: controller.signal } })
    controller.abort('stop')
    expect(await setAvailability.run(input, platform.context, {}).catch((error: unknown) => error)).to.equal('stop')
    expect(platform.changes).to.have.length(1)
  })

  for (const agentId of ['', '.', '..']) {
    it(`refuses the agent "${agentId}" before anything is sent`, async () => {
      const platform = agentPlatform()
      expect((await problemOf(setAvailability.run({ ...input, agentId }, platform.context, {}))).code).to.equal('INVALID_STEP')
      expect(platform.context.sent).to.deep.equal([])
    })
  }

  it('keeps a slash in an id from leading to another resource', async () => {
    const platform = agentPlatform()
    await setAvailability.run({ ...input, agentId: 'a/b' }, platform.context, {})
    expect(platform.changes[0]?.path).to.equal('/api/v2/agents/a%2Fb/workmodes')
  })
})

describe('setAvailability with restore', () => {
  const restoring = { ...input, restore: true }

  async function end({ context }: AgentPlatform): Promise<void> {
    for (const putBack of context.ends.toReversed()) await putBack(context)
  }

  it('puts the work mode back when the scenario is over, and publishes that too', async () => {
    const platform = agentPlatform()
    await setAvailability.run(restoring, platform.context, {})
    await end(platform)
    expect(platform.agent.workModeId).to.equal('voice')
    expect(platform.events[1]).to.include({ previousState: 'chat', newState: 'voice' })
    expect(platform.context.notes.at(-1)).to.deep.include({
      phase: 'dispatched',
      payload: { workModeId: 'voice', skillLevels: [], previousWorkModeId: 'chat' },
    })
    expect(platform.context.jobs.map(({ status }) => status)).to.deep.equal(['CHANGED', 'CHANGED'])
  })

  it('puts the skills back that it changed, as far as the target tells how they were', async () => {
    const skills = [
      { skillId: 's-5', level: 4, concurrentInteractions: 1, maximumConcurrentInteractions: 3 },
      { skillId: 's-6', level: 4, concurrentInteractions: 1 },
    ]
    const platform = agentPlatform({ skills })
    await setAvailability.run({ ...restoring, skillLevels }, platform.context, {})
    await end(platform)
    expect(platform.changes[1]?.body).to.deep.include({ skillLevels: [{ skillId: 's-5', level: 4, concurrentInteractions: 1 }] })
  })

  it('puts it back also where nobody knows whether it was changed', async () => {
    const controller = new AbortController()
    const platform = agentPlatform({ fates: ['lost-made'], context: { signal: controller.signal } })
    controller.abort('stop')
    await setAvailability.run(restoring, platform.context, {}).catch(() => undefined)
    expect(platform.agent.workModeId).to.equal('chat')
    await end({ ...platform, context: { ...platform.context, signal: new AbortController().signal } })
    expect(platform.agent.workModeId).to.equal('voice')
  })

  it('changes nothing where nothing was changed: refused, lost to others, or never made', async () => {
    for (const options of [
      { shifts: [] },
      { fates: [{ interfere: 'a' }, { interfere: 'b' }, { interfere: 'c' }] },
      { fates: ['lost-not-made', 'lost-not-made', 'lost-not-made'] },
    ] as const) {
      const platform = agentPlatform(options)
      await setAvailability.run(restoring, platform.context, {}).catch(() => undefined)
      const sent = platform.changes.length
      await end(platform)
      expect(platform.changes, JSON.stringify(options)).to.have.length(sent)
    }
  })

  it('tries again where somebody else is faster, and says so where that never ends', async () => {
    const [a, b, c] = [{ interfere: 'a' }, { interfere: 'b' }, { interfere: 'c' }]
    const once = agentPlatform({ fates: ['ok', a] })
    await setAvailability.run(restoring, once.context, {})
    await end(once)
    expect(once.agent.workModeId).to.equal('voice')
    const always = agentPlatform({ fates: ['ok', a, b, c] })
    await setAvailability.run(restoring, always.context, {})
    expect((await problemOf(end(always))).message).to.include('could not be put back into "voice"')
  })

  it('changes no agent that has no work mode to be put back', async () => {
    const platform = agentPlatform({ workModeId: undefined })
    expect((await problemOf(setAvailability.run(restoring, platform.context, {}))).code).to.equal('INVALID_STEP')
    expect(platform.changes).to.deep.equal([])
    expect((await setAvailability.run(input, platform.context, {})).event).to.include({ previousState: null })
  })

  it('leaves the agent as it is where the author does not ask for it', async () => {
    const platform = agentPlatform()
    await setAvailability.run(input, platform.context, {})
    expect(platform.context.ends).to.deep.equal([])
  })
})

describe('setAvailability offline', () => {
  const shift = { startTime: '2026-01-05T09:00:00+01:00', endTime: '2026-01-05T17:00:00+01:00', workModeId: 'chat' }
  const judge = async (more: { readonly [key: string]: Json }) => {
    const platform = agentPlatform()
    const observation = await setAvailability.run({ ...input, skillLevels, ...more }, platform.context, {})
    expect(platform.context.sent).to.deep.equal([])
    expect(platform.context.ends).to.deep.equal([])
    return observation
  }

  it('sends nothing, and refuses nothing because of what it is not told', async () => {
    expect(await judge({ offline: true, restore: true })).to.deep.equal({
      ...{ agentId: 'agent-1', requestedWorkModeId: 'chat', outcome: 'judged', workModeId: 'chat' },
      ...{ refused: [], conflicts: 0, routingScore: 100 },
    })
  })

  it('judges by the shifts and skills of the scenario, at the moment that it names', async () => {
    const offline = { workModeId: 'voice', skills: [{ skillId: 's-5', maximumConcurrentInteractions: 3 }], shifts: [shift] }
    expect(await judge({ offline, at: '2026-01-05T08:00:00Z' })).to.include({
      outcome: 'judged',
      previousWorkModeId: 'voice',
      workModeId: 'chat',
    })
    const refused = await judge({ offline: { ...offline, skills: [] }, at: '2026-01-05T16:00:00Z' })
    expect(refused).to.include({ outcome: 'refused', workModeId: 'voice' })
    expect(refused.refused.map(({ code }) => code)).to.deep.equal(['no-shift', 'concurrency-exceeded'])
  })

  it('tells the routing score of the change', async () => {
    const levels = [
      { skillId: 'a', level: 0, concurrentInteractions: 0 },
      { skillId: 'b', level: 0, concurrentInteractions: 1 },
    ]
    expect((await judge({ offline: true, skillLevels: levels })).routingScore).to.equal(75)
  })

  it('refuses a moment that there is not', async () => {
    expect((await problemOf(judge({ offline: true, at: '2026-02-30T08:00:00Z' }))).code).to.equal('INVALID_STEP')
  })

  it('sends everything where it says false', async () => {
    const platform = agentPlatform()
    expect((await setAvailability.run({ ...input, offline: false }, platform.context, {})).outcome).to.equal('changed')
  })
})

describe('setAvailability as judged', () => {
  const perform = performer(setAvailability)
  const codes = async (
    options: Parameters<typeof agentPlatform>[0],
    expected: { readonly [key: string]: Json },
  ): Promise<readonly string[]> =>
    (await perform({ input, expect: expected }, agentPlatform(options).context)).findings.map(({ code }) => code)
  const lost = { fates: [{ interfere: 'a' }, { interfere: 'b' }, { interfere: 'c' }] }

  it('has to be made without being asked to', async () => {
    expect(await codes({}, {})).to.deep.equal([])
    expect(await codes({ shifts: [] }, {})).to.deep.equal(['CHANGE_REFUSED'])
    expect(await codes(lost, {})).to.deep.equal(['CHANGE_LOST'])
    expect(await codes({ answered: 'voice' }, {})).to.deep.equal(['WORK_MODE_DIFFERS'])
  })

  it('may be refused or lost where the author expects that', async () => {
    expect(await codes({ shifts: [] }, { refused: ['no-shift'] })).to.deep.equal([])
    expect(await codes({}, { refused: ['no-shift'] })).to.deep.equal(['REFUSAL_DIFFERS'])
    expect(await codes(lost, { conflicts: 3 })).to.deep.equal([])
    expect(await codes(lost, { conflicts: { gte: 3 } })).to.deep.equal([])
    expect(await codes(lost, { conflicts: { lte: 3 } })).to.deep.equal(['CHANGE_LOST'])
    expect(await codes({ answered: 'voice' }, { workModeId: 'voice' })).to.deep.equal([])
  })

  it('judges work mode, conflicts, event, latency and routing score', async () => {
    const met = { workModeId: 'chat', conflicts: 0, event: { newState: 'chat' }, latency: { max: '40ms' }, routingScore: { gte: 100 } }
    expect(await codes({}, met)).to.deep.equal([])
    const unmet = { workModeId: 'x', conflicts: 1, event: false, latency: '39ms', routingScore: { lt: 100 } }
    expect(await codes({}, unmet)).to.deep.equal([
      ...['VALUE_DIFFERS', 'VALUE_DIFFERS', 'EVENT_NOT_EXPECTED', 'DURATION_TOO_LONG', 'VALUE_DIFFERS'],
    ])
  })

  it('cannot judge the latency of a change whose answer was lost', async () => {
    const { findings } = await perform({ input, expect: { latency: '1s' } }, agentPlatform({ fates: ['lost-made'] }).context)
    expect(findings.map(({ code, inconclusive }) => [code, inconclusive])).to.deep.equal([['LATENCY_UNKNOWN', true]])
  })

  it('yields its fields to later steps', async () => {
    const { outputs, observation } = await perform({ input, expect: {} }, agentPlatform().context)
    expect(outputs).to.deep.include({ agentId: 'agent-1', workModeId: 'chat', previousWorkModeId: 'voice' })
    expect(JSON.parse(JSON.stringify(observation))).to.deep.equal(observation)
  })
})
