import { DEFAULTS } from './defaults.ts'
import type { Executions, TargetSettings } from './settings.ts'
import type { Sources } from './sources.ts'

/** How data actions are executed at the target; what the target says wins over what the file says for all of them. */
export function resolveExecutions(target: TargetSettings, sources: Sources): Executions {
  const own = sources.file.targets?.[target.name]?.executions?.callbackUrls
  const callbackUrls = own ?? sources.file.executions?.callbackUrls
  const pointer = ['executions', 'callbackUrls']
  const origin = sources.originInFile(own === undefined ? pointer : ['targets', target.name, ...pointer], callbackUrls !== undefined)
  const resolved = callbackUrls ?? DEFAULTS.executions.callbackUrls
  sources.record('executions.callbackUrls', resolved.join(', '), origin)
  return { callbackUrls: resolved }
}
