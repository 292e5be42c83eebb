import { parseDuration } from '../../model/duration.ts'
import type { DialerOptions } from '../dialer/dialer-options.ts'
import type { DialerSection } from './tenant-file.ts'

/** The dialer of a tenant file as options. */
export function toDialerOptions({ queued, abandonShare, failShare, foreign, ...section }: DialerSection): DialerOptions {
  const profile = { ...(abandonShare !== undefined && { abandonShare }), ...(failShare !== undefined && { failShare }) }
  const queuedMs = queued === undefined ? undefined : parseDuration(queued)
  const forMs = foreign?.for === undefined ? undefined : parseDuration(foreign.for)
  return {
    ...section,
    profile,
    ...(queuedMs !== undefined && { queuedMs }),
    ...(foreign && { foreign: { count: foreign.count, ...(forMs !== undefined && { forMs }) } }),
  }
}
