import type { RunEvent } from '../model/event.ts'
import type { Reporter, Write } from '../model/reporter.ts'
import { Mailbag, type MailbagMeans, type Subscriber } from './mailbag.ts'
import { Notifications } from './notification.ts'

export interface NotifierOptions extends Omit<MailbagMeans, 'signal'> {
  readonly subscribers: readonly Subscriber[]
  /** Told once for each subscriber that could not be reached. */
  readonly warn: Write
}

/** How long the end of a run may wait for its last notifications, and that of one that was interrupted. */
const PATIENCE_MS = { usual: 5_000, interrupted: 750 }

/**
 * Tells subscribers of a run and of its compilations, by signed POSTs. It never holds the run up; its end waits a bounded time for what is
 * still under way. What could not be delivered is said once, and spoils nothing.
 */
export function createNotifier({ subscribers, warn, ...means }: NotifierOptions): Reporter {
  const over = new AbortController()
  const notifications = new Notifications()
  const bags = subscribers.map((subscriber) => new Mailbag(subscriber, { ...means, signal: over.signal }))
  let patienceMs = PATIENCE_MS.interrupted
  return {
    on(event: RunEvent) {
      const notification = notifications.of(event)
      if (event.type === 'run-finished' && event.interruption === undefined) patienceMs = PATIENCE_MS.usual
      if (notification) for (const bag of bags) bag.add(notification)
    },
    async close() {
      const emptied = Promise.all(bags.map((bag) => bag.emptied()))
      const waiting = new AbortController()
      const isOver = means.clock.sleep(patienceMs, waiting.signal).then(
        () => over.abort(new Error('no time was left')),
        () => undefined,
      )
      await Promise.race([emptied, isOver])
      waiting.abort()
      await emptied
      for (const bag of bags) if (bag.complaint !== undefined) warn(`webhooks: ${bag.complaint}\n`)
    },
  }
}
