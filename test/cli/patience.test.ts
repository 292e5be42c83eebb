import { expect } from 'chai'
import { CutOff } from '../../src/cli/cut-off.ts'
import { Patience } from '../../src/cli/patience.ts'
import type { Emergency, World } from '../../src/cli/world.ts'
import { Secrets } from '../../src/config/secrets.ts'
import { FakeClock } from '../support/fake-clock.ts'

function setUp() {
  const clock = new FakeClock()
  const listeners = new Set<(emergency: Emergency) => void>()
  const said: string[] = []
  const cutOff = new CutOff()
  const world: World = {
    env: {},
    cwd: '/',
    stdout: { write: () => undefined },
    stderr: { write: (text) => said.push(text) },
    clock,
    emergencies: {
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    secrets: new Secrets(),
    random: () => 0,
    hostname: 'h',
  }
  const patience = new Patience(world, cutOff)
  const send = (emergency: Emergency): void => {
    for (const listener of [...listeners]) listener(emergency)
  }
  let isOver = false
  void patience.over.then(() => {
    isOver = true
  })
  return { clock, cutOff, patience, send, said, listeners, isOver: () => isOver }
}

const SIGINT: Emergency = { kind: 'signal', signal: 'SIGINT' }

/** Whether what waits on a clock that can be cut off is still waiting. */
function waiter(cutOff: CutOff, clock: FakeClock): { end: unknown } {
  const state: { end: unknown } = { end: undefined }
  cutOff
    .clock(clock)
    .sleep(60_000)
    .then(
      () => {
        state.end = 'slept'
      },
      (reason: unknown) => {
        state.end = reason
      },
    )
  return state
}

describe('Patience', () => {
  it('interrupts the run on the first signal and lets it tidy up', async () => {
    const { clock, cutOff, patience, send, isOver } = setUp()
    send(SIGINT)
    const tidying = waiter(cutOff, clock)
    await clock.advance(5_000)
    expect(patience.signal.reason).to.include({ signal: 'SIGINT', exitCode: 130 })
    expect([tidying.end, isOver()]).to.deep.equal([undefined, false])
  })

  it('cuts off tidying up and stops waiting for the run within 7 seconds', async () => {
    const { clock, cutOff, patience, send, isOver } = setUp()
    send(SIGINT)
    const tidying = waiter(cutOff, clock)
    await clock.advance(5_600)
    expect(tidying.end).to.equal(patience.why)
    await clock.advance(900)
    expect(isOver()).to.equal(true)
  })

  it('cuts off at once on a second signal', async () => {
    const { clock, cutOff, send, said, isOver } = setUp()
    send(SIGINT)
    const tidying = waiter(cutOff, clock)
    send({ kind: 'signal', signal: 'SIGTERM' })
    await clock.advance(0)
    expect(tidying.end).to.include({ signal: 'SIGINT' })
    await clock.advance(500)
    expect(isOver()).to.equal(true)
    expect(said).to.have.length(2)
  })

  it('lets a crash outweigh a signal', () => {
    const { patience, send } = setUp()
    send(SIGINT)
    send({ kind: 'crash', error: new Error('bug') })
    expect(patience.why?.exitCode).to.equal(70)
  })

  it('leaves waits alone that began before the interruption', async () => {
    const { clock, cutOff, send } = setUp()
    const earlier = waiter(cutOff, clock)
    send(SIGINT)
    send(SIGINT)
    await clock.advance(1_000)
    expect(earlier.end).to.equal(undefined)
  })

  it('listens no more once it is closed', () => {
    const { patience, listeners } = setUp()
    patience.close()
    expect(listeners.size).to.equal(0)
  })
})
