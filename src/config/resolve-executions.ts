import { DEFAULTS } from './defaults.ts'
import { refuseWebhookUrls } from './refuse-webhook-url.ts'
import type { Executions, TargetSettings } from './settings.ts'
import type { Sources } from './sources.ts'

/** How data actions are executed at the target; what the target says wins over what the file says for all of them. */
export function resolveExecutions(target: TargetSettings, sources: Sources): Executions {
  const own = sources.file.targets?.[target.name]?.executions?.callbackUrls
  const callbackUrls = own ?? sources.file.executions?.callbackUrls
  const pointer = ['executions', 'callbackUrls']
  const at = own === undefined ? pointer : ['targets', target.name, ...pointer]
  const origin = sources.originInFile(at, callbackUrls !== undefined)
  const resolved = callbackUrls ?? DEFAULTS.executions.callbackUrls
  sources.record('executions.callbackUrls', resolved.join(', '), origin)
  refuseWebhookUrls(at, resolved, sources)
  return { callbackUrls: resolved }
}
