import type { JobKind, OpenJob } from './history.ts'
import type { Exchange } from './operation.ts'
import type { World } from './world.ts'

/** Enters the job that a request starts into the history; whoever moves the job completes its record. */
export function openJob(
  { entry }: Exchange,
  { settings, recorder }: World,
  job: { readonly kind: JobKind; readonly subject: string; readonly tag?: string },
): OpenJob {
  const { clock } = settings
  const record: OpenJob = {
    id: settings.newId(),
    ...job,
    request: entry?.id ?? 0,
    ...(entry?.clientId !== undefined && { clientId: entry.clientId }),
    ...(entry && { correlationId: entry.correlationId }),
    startedAtMs: clock.now(),
    startedAt: clock.date().toISOString(),
    statuses: [],
  }
  recorder.add('jobs', record)
  if (entry) entry.job = record.id
  return record
}

/** Adds the status that a job tells to its record, unless it told it last. Returns it. */
export function told(record: OpenJob, status: string, atMs: number): string {
  if (record.statuses.at(-1)?.status !== status) record.statuses.push({ status, atMs })
  return status
}
