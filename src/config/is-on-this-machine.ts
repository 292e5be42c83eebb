import { isLocal } from './base-url.ts'
import type { TargetSettings } from './settings.ts'

/** Whether a target is the emulator, or has a loopback address: then it is nobody's tenant, and reaches what listens here. */
export function isOnThisMachine(target: TargetSettings): boolean {
  return target.kind === 'emulator' || isLocal(new URL(target.baseUrl).hostname)
}
