import type { Resolution } from '../config/resolve-settings.ts'
import type { Settings } from '../config/settings.ts'
import { printable } from '../model/printable.ts'
import type { Reporter } from '../model/reporter.ts'
import { lazyPoster } from './lazy-poster.ts'
import { readWebhookKey } from './read-webhook-key.ts'
import type { World } from './world.ts'

/**
 * The reporter, and beside it whoever the configuration wants to have notified. Rejects with a `FaultError` where a key is missing or is
 * none.
 */
export async function withNotifications(
  reporter: Reporter,
  { settings, resolution }: { readonly settings: Settings; readonly resolution: Resolution },
  world: World,
): Promise<Reporter> {
  const { notifications } = settings.webhooks
  if (notifications.length === 0) return reporter
  const subscribers = []
  for (const [index, { url, secret, events }] of notifications.entries()) {
    const key = await readWebhookKey(secret, `the key of webhooks.notifications[${index}]`, resolution, world)
    subscribers.push({ url, key, kinds: events })
  }
  const { createNotifier } = await import('../webhooks/notifier.ts')
  const poster = lazyPoster()
  const warn = (text: string): unknown => world.stderr.write(`${printable(text.trimEnd())}\n`)
  const notifier = createNotifier({ subscribers, warn, clock: world.clock, random: world.random, post: poster.post })
  return {
    on(event) {
      reporter.on(event)
      notifier.on(event)
    },
    async close() {
      const [reports] = await Promise.allSettled([reporter.close(), notifier.close().then(poster.close)])
      if (reports.status === 'rejected') throw reports.reason
    },
  }
}
