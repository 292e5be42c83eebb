import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../src/model/clock.ts'

/** The time of this machine, for tests that need real sockets. */
export const realClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(Math.max(0, ms), undefined, signal && { signal }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error
    })
  },
}
