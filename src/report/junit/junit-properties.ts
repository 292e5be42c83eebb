import type { RunStarted } from '../../model/event.ts'
import { isJsonObject, type Json } from '../../model/json.ts'
import type { ScenarioReport } from '../run-report.ts'
import type { JunitProperty } from './junit-report.ts'
import { LIMITS, xmlLine } from './junit-text.ts'

/** What a case tells at most of one kind. */
const MAX_OF_A_KIND = 20

/** What a whole run has in common. */
export function runProperties(started: RunStarted | undefined): JunitProperty[] {
  if (!started) return []
  const { target, seed, runId, version, shard } = started
  return [
    property('target', target.name),
    property('target.baseUrl', target.baseUrl),
    property('seed', String(seed)),
    property('run', runId),
    property('cxspec', version),
    ...(shard ? [property('shard', `${shard.index}/${shard.count}`)] : []),
  ]
}

/** What one scenario touched: its tags, its flows with their versions, and the ids to quote to support. */
export function caseProperties({ tags, tries }: ScenarioReport): JunitProperty[] {
  const steps = tries.at(-1)?.steps ?? []
  const flows = unique(steps.flatMap(({ observation }) => flowOf(observation)))
  const ids = unique(steps.flatMap(({ requests }) => requests.flatMap(({ correlationId }) => correlationId ?? [])))
  return [
    ...(tags.length > 0 ? [property('tags', tags.join(', '))] : []),
    ...flows.map((flow) => property('flow', flow)),
    ...ids.map((id) => property('correlationId', id)),
  ]
}

/** `main-menu`, or `main-menu version 7` where the target tells. */
function flowOf(observation: Json | undefined): string[] {
  if (!isJsonObject(observation)) return []
  const { flowId, flowVersion } = observation
  if (typeof flowId !== 'string') return []
  return [typeof flowVersion === 'string' ? `${flowId} version ${flowVersion}` : flowId]
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].slice(0, MAX_OF_A_KIND)
}

function property(name: string, value: string): JunitProperty {
  return { name, value: xmlLine(value, LIMITS.messageLength) }
}
