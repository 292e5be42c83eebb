import type { Clock } from '../model/clock.ts'

/** Node fires a timer at once when its delay does not fit into 31 bits. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** The clock of this machine. A sleep of any length is safe, ends as soon as its signal aborts, and leaves no timer or listener behind. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const endAtMs = performance.now() + ms
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const wait = (): NodeJS.Timeout => setTimeout(onTimer, Math.min(MAX_TIMER_MS, Math.max(0, endAtMs - performance.now())))
      const onTimer = (): void => {
        if (endAtMs - performance.now() >= 1) {
          timer = wait()
          return
        }
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      let timer = wait()
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}
