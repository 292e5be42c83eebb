import type { Pointer } from '../model/place.ts'
import { describeCredential } from './credentials.ts'
import { DEFAULTS } from './defaults.ts'
import { text, wholeNumber } from './option.ts'
import { refuseWebhookUrl } from './refuse-webhook-url.ts'
import type { NotificationSettings, ReceiverSettings, WebhookSettings } from './settings.ts'
import type { Sources } from './sources.ts'
import { faultOfWebhookUrl } from './webhook-url.ts'

/** What is received and what is sent, with the faults of addresses left in `sources`. */
export function resolveWebhooks(sources: Sources): WebhookSettings {
  const notifications = (sources.file.webhooks?.notifications ?? []).map((_entry, index) => resolveNotification(index, sources))
  return { receiver: resolveReceiver(sources), notifications }
}

const RECEIVER = 'webhooks.receiver'

function resolveReceiver(sources: Sources): ReceiverSettings {
  const entry = sources.file.webhooks?.receiver ?? {}
  const { host, port } = DEFAULTS.receiver
  const publicUrl = entry.publicUrl?.replace(/\/+$/, '')
  const settings: ReceiverSettings = {
    host: sources.pick(text({ name: `${RECEIVER}.host`, inFile: () => entry.host, fallback: host })),
    port: sources.pick(wholeNumber({ name: `${RECEIVER}.port`, inFile: () => entry.port, fallback: port }, 0, 65_535)),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(entry.secret ? { secret: entry.secret } : {}),
  }
  if (publicUrl !== undefined) recordUrl(['webhooks', 'receiver', 'publicUrl'], publicUrl, sources)
  if (publicUrl?.includes('?')) {
    const message = `${RECEIVER}.publicUrl has a query, and the path of an inbox is added to it`
    refuseWebhookUrl(['webhooks', 'receiver', 'publicUrl'], { code: 'INVALID_URL', message, expected: 'an address without ?' }, sources)
  }
  if (entry.secret) recordSecret(['webhooks', 'receiver', 'secret'], entry.secret, sources)
  return settings
}

function resolveNotification(index: number, sources: Sources): NotificationSettings {
  const at = ['webhooks', 'notifications', index] as const
  const { url = '', secret = { env: '' }, events = DEFAULTS.notificationEvents } = sources.file.webhooks?.notifications?.[index] ?? {}
  recordUrl([...at, 'url'], url, sources)
  recordSecret([...at, 'secret'], secret, sources)
  sources.record(
    nameOf([...at, 'events']),
    events.join(', '),
    sources.originInFile([...at, 'events'], events !== DEFAULTS.notificationEvents),
  )
  return { url, secret, events }
}

function recordUrl(at: Pointer, url: string, sources: Sources): void {
  const fault = faultOfWebhookUrl(nameOf(at), url)
  if (fault) refuseWebhookUrl(at, fault, sources)
  else sources.record(nameOf(at), url.replace(/\?.*$/, '?…'), sources.originInFile(at, true))
}

function recordSecret(at: Pointer, secret: NonNullable<ReceiverSettings['secret']>, sources: Sources): void {
  sources.record(nameOf(at), describeCredential(secret, sources.environment), sources.originInFile(at, true))
}

/** `webhooks.notifications[0].url`. */
function nameOf(at: Pointer): string {
  return at
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1)
}
