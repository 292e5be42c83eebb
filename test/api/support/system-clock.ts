import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../../src/model/clock.ts'

/** Real time, for tests against real sockets. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  sleep: (ms, signal) =>
    sleep(Math.max(0, ms), undefined, { signal }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error
    }),
}
