import { readCredential } from '../config/credentials.ts'
import type { Resolution } from '../config/resolve-settings.ts'
import type { CredentialSource } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import type { WebhookKey } from '../webhooks/signature.ts'
import type { World } from './world.ts'

/** What the key is called in faults, with which deliveries to the receiver have to be signed. */
export const KEY_OF_RECEIVER = 'the key of webhooks.receiver'

/** Reads the key of signatures from where the configuration says; from then on no output shows it. Rejects with a `FaultError` that does not show it either. */
export async function readWebhookKey(
  source: CredentialSource,
  purpose: string,
  { environment }: Resolution,
  world: Pick<World, 'cwd' | 'secrets'>,
): Promise<WebhookKey> {
  const reading = readCredential(source, purpose, { environment, cwd: world.cwd })
  if (reading.faults) throw new FaultError(reading.faults)
  const { parseWebhookKey } = await import('../webhooks/signature.ts')
  const key = parseWebhookKey(reading.value)
  if (!key) throw new FaultError([noKey(purpose)])
  world.secrets.add(reading.value)
  world.secrets.add(reading.value.replace(/^whsec_/, ''))
  return key
}

function noKey(purpose: string) {
  return {
    code: 'INVALID_WEBHOOK_KEY',
    message: `${purpose} is none that webhooks can be signed with`,
    expected: 'whsec_ and 24 to 64 random bytes in Base64',
    advice: 'make one with: echo "whsec_$(openssl rand -base64 32)"',
  }
}
