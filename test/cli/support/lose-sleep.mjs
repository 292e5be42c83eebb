// A bug: whoever sleeps never wakes up by itself, and nothing is left that the process could wait for.
import { systemClock } from '../../../dist/cli/system-clock.js'

systemClock.sleep = (_ms, signal) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
