import type { Reading } from '../../model/reading.ts'
import { schemaFaults } from '../../schema/schema-faults.ts'
import type { Places } from '../../schema/value-advice.ts'
import { actionComplaints } from './action-complaints.ts'
import { agentComplaints } from './agent-complaints.ts'
import { isTenantFile, type TenantFile } from './tenant-file.ts'

/** Checks a tenant file as it was parsed; `places` finds its parts. Yields every fault of its shape at once, or else everything that contradicts itself. */
export function readTenant(value: unknown, places: Places): Reading<TenantFile> {
  if (!isTenantFile(value)) return { faults: schemaFaults(isTenantFile.errors ?? [], places) }
  const complaints = [
    ...Object.entries(value.actions ?? {}).flatMap(([id, action]) => actionComplaints(action, ['actions', id])),
    ...Object.entries(value.agents ?? {}).flatMap(([id, agent]) => agentComplaints(agent, ['agents', id])),
  ]
  if (complaints.length === 0) return { value }
  return { faults: complaints.map(({ pointer, ...fault }) => ({ ...fault, place: places.placeOf(pointer) })) }
}
