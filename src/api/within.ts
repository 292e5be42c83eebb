import type { Alarm } from './alarm.ts'
import type { Call } from './call.ts'

interface WithinOptions<T> {
  readonly alarm: Alarm
  /** Its signal aborts when the call is aborted or late. */
  readonly work: (signal: AbortSignal) => Promise<T>
  /** What to reject with at the call's deadline. */
  readonly late: () => Error
}

/** Settles as `work` does, but at once with the signal's reason on abort, and with `late` at the call's deadline, whatever `work` does. */
export function within<T>(call: Call, { alarm, work, late }: WithinOptions<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = call
    const controller = new AbortController()
    const end = (): void => {
      alarm.clear(call)
      signal.removeEventListener('abort', onAbort)
    }
    const giveUp = (reason: unknown): void => {
      end()
      reject(reason)
      controller.abort(reason)
    }
    const onAbort = (): void => giveUp(signal.reason)
    if (signal.aborted) {
      onAbort()
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })
    alarm.set(call, call.deadline.atMs, () => giveUp(late()))
    work(controller.signal).finally(end).then(resolve, reject)
  })
}
