import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { Send } from '../send.ts'

/** When an agent works, and in which mode. */
export interface ApiShift {
  /** RFC 3339. */
  readonly startTime: string
  readonly endTime: string
  readonly workModeId?: string | null
}

const toSchedule = decoder<{ readonly shifts: readonly ApiShift[] }>('agent-schedule')

/** Reads the shifts of an agent. */
export async function getShifts(send: Send, agentId: string): Promise<readonly ApiShift[]> {
  const path = `/api/v2/wfm/schedules/${segment(agentId)}`
  return toSchedule(await send({ api: 'agent-schedules', scopes: ['wfm:read'], method: 'GET', path })).shifts
}
