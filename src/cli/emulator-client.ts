import { readCredential } from '../config/credentials.ts'
import { DEFAULTS } from '../config/defaults.ts'
import type { Resolution } from '../config/resolve-settings.ts'
import type { EmulatorClient } from '../emulator/oauth/token-store.ts'
import { DEFAULT_CLIENT } from '../emulator/options.ts'
import { FaultError } from '../model/fault.ts'
import type { World } from './world.ts'

/**
 * The client that an emulator on a port knows: the one whose credentials the environment holds, so that a run against it finds the
 * same ones; without any, the emulator's own. Throws a `FaultError` where only a part of them is there or can be read.
 */
export function emulatorClient({ environment }: Resolution, world: Pick<World, 'cwd' | 'secrets'>): EmulatorClient {
  const { clientId, clientSecret } = DEFAULTS
  const names = [clientId.env, clientSecret.env].flatMap((name) => [name, `${name}_FILE`])
  if (names.every((name) => environment.get(name) === undefined)) return DEFAULT_CLIENT
  const id = readCredential(clientId, "the emulator's client id", { environment, cwd: world.cwd })
  const secret = readCredential(clientSecret, "the emulator's client secret", { environment, cwd: world.cwd })
  if (id.faults || secret.faults) throw new FaultError([...(id.faults ?? []), ...(secret.faults ?? [])])
  world.secrets.addClient(id.value, secret.value)
  return { ...DEFAULT_CLIENT, id: id.value, secret: secret.value }
}
