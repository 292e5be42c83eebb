import { readCredential } from '../config/credentials.ts'
import { proxyCredentials } from '../config/proxy-credentials.ts'
import { type Resolution, resolveSettings } from '../config/resolve-settings.ts'
import type { Settings } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import type { Reading } from '../model/reading.ts'
import type { CommandLine } from './command-line.ts'
import type { World } from './world.ts'

/**
 * Every setting as this command line, the environment and the configuration file make it. From then on no output shows a value that
 * the configuration calls secret. Nothing is thrown for faults: see {@link settingsFor}.
 */
export function resolutionFor(line: CommandLine, world: World): Resolution {
  const resolution = resolveSettings({ flags: line.texts, variables: world.env, cwd: world.cwd })
  for (const { value } of readSecrets(resolution, world)) if (value !== undefined) world.secrets.add(value)
  const { proxy } = resolution.settings ?? {}
  if (proxy) for (const { user, password } of proxyCredentials(proxy)) world.secrets.addClient(user, password)
  return resolution
}

/** The values that the configuration calls secret, or why one cannot be read. */
export function readSecrets({ secrets, environment }: Resolution, { cwd }: World): Reading<string>[] {
  return secrets.map((source) => readCredential(source, 'a value under secrets', { environment, cwd }))
}

/** The same, for commands that cannot go on without: throws a `FaultError` that carries every fault. */
export function settingsFor(line: CommandLine, world: World): { settings: Settings; resolution: Resolution } {
  const resolution = resolutionFor(line, world)
  if (!resolution.settings) throw new FaultError(resolution.faults)
  return { settings: resolution.settings, resolution }
}
