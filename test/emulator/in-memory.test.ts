import { expect } from 'chai'
import type { HttpAnswer, Transport } from '../../src/api/send.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { IN_MEMORY_BASE_URL, inMemory } from '../../src/emulator/in-memory.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { testFlows } from './flows.ts'

describe('inMemory', () => {
  const emulator = createEmulator({ flows: testFlows(), clock: new FakeClock() })
  const transport: Transport = inMemory(emulator)
  const ask = (url: string, signal: AbortSignal): Promise<HttpAnswer> => transport({ method: 'GET', url, headers: {}, signal })

  it('is a transport of the client', async () => {
    const answer = await ask(`${IN_MEMORY_BASE_URL}/api/v2/flows/main-menu`, new AbortController().signal)
    expect(answer.status).to.equal(401)
    expect(answer.body).to.be.instanceOf(Uint8Array)
  })

  it('knows no other host', async () => {
    for (const url of ['http://emulator.internal.example/oauth/token', 'https://emulator.internal/oauth/token', 'http://127.0.0.1/']) {
      const error = await ask(url, new AbortController().signal).catch((reason: unknown) => reason)
      expect(error).to.have.property('code', 'ENOTFOUND')
    }
  })

  it('rejects with the reason of the signal, before the answer and while waiting for it', async () => {
    const reason = new Error('enough')
    expect(await ask(`${IN_MEMORY_BASE_URL}/`, AbortSignal.abort(reason)).catch((error: unknown) => error)).to.equal(reason)
    emulator.setFaults({ faults: [{ delay: '1h' }] })
    const controller = new AbortController()
    const asked = ask(`${IN_MEMORY_BASE_URL}/`, controller.signal).catch((error: unknown) => error)
    controller.abort(reason)
    expect(await asked).to.equal(reason)
  })

  it('rejects while the body trickles', async () => {
    const reason = new Error('enough')
    emulator.setFaults({ faults: [{ drip: { bytes: 1, every: '1s' } }] })
    const controller = new AbortController()
    const asked = ask(`${IN_MEMORY_BASE_URL}/`, controller.signal).catch((error: unknown) => error)
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort(reason)
    expect(await asked).to.equal(reason)
  })
})
