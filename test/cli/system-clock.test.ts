import { expect } from 'chai'
import { systemClock } from '../../src/cli/system-clock.ts'

const reasonOf = (sleep: Promise<void>): Promise<unknown> =>
  sleep.then(
    () => 'slept',
    (reason: unknown) => reason,
  )

describe('systemClock', () => {
  for (const ms of [0, -5, Number.NEGATIVE_INFINITY]) {
    it(`does not wait for ${ms} ms`, async () => {
      await systemClock.sleep(ms)
    })
  }

  it('never wakes early', async () => {
    const startedAtMs = systemClock.now()
    await systemClock.sleep(20)
    expect(systemClock.now() - startedAtMs).to.be.at.least(19)
  })

  it('sleeps longer than a timer of Node can, and ends at once when its signal aborts', async () => {
    const controller = new AbortController()
    const long = reasonOf(systemClock.sleep(2 ** 31 + 5, controller.signal))
    const endless = reasonOf(systemClock.sleep(Number.POSITIVE_INFINITY, controller.signal))
    const early = await Promise.race([long, endless, reasonOf(systemClock.sleep(15))])
    expect(early).to.equal('slept')
    controller.abort('enough')
    expect(await Promise.all([long, endless])).to.deep.equal(['enough', 'enough'])
  })

  it('rejects at once where its signal has aborted before', async () => {
    expect(await reasonOf(systemClock.sleep(10_000, AbortSignal.abort('before')))).to.equal('before')
  })
})
