import { readCredential } from '../config/credentials.ts'
import type { Resolution } from '../config/resolve-settings.ts'
import type { Settings } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import { KEY_OF_RECEIVER } from './read-webhook-key.ts'
import type { World } from './world.ts'

/**
 * How an emulator signs what it posts: with the key that the receiver of runs asks for, as a tenant would be told to. Throws a
 * `FaultError` where the key cannot be read.
 */
export function webhookSigning(
  { webhooks }: Settings,
  { environment }: Resolution,
  { cwd, secrets }: Pick<World, 'cwd' | 'secrets'>,
): { readonly webhooks?: { readonly secret: string } } {
  const source = webhooks.receiver.secret
  if (!source) return {}
  const { value, faults } = readCredential(source, KEY_OF_RECEIVER, { environment, cwd })
  if (faults) throw new FaultError(faults)
  secrets.add(value)
  return { webhooks: { secret: value } }
}
