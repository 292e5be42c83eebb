import type { Alarm } from './alarm.ts'
import type { Call } from './call.ts'

interface WithinOptions {
  readonly alarm: Alarm
  /** What to reject with at the call's deadline. */
  readonly late: () => Error
}

/** Settles as `work` does, but at once with the signal's reason on abort, and with `late` at the call's deadline, whatever `work` does. */
export function within<T>(call: Call, work: Promise<T>, { alarm, late }: WithinOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = call
    const onAbort = (): void => giveUp(signal.reason)
    const end = (): void => {
      alarm.clear(bell)
      signal.removeEventListener('abort', onAbort)
    }
    const giveUp = (reason: unknown): void => {
      end()
      reject(reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const bell = alarm.set(call.deadline.atMs, () => giveUp(late()))
    work.then(
      (value) => {
        end()
        resolve(value)
      },
      (error: unknown) => giveUp(error),
    )
    if (signal.aborted) onAbort()
  })
}
