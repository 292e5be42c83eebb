import { changeLines } from '../flow/impact/change-lines.ts'
import type { FlowChange } from '../flow/impact/flow-change.ts'
import type { JsonObject } from '../model/json.ts'
import { printable } from '../model/printable.ts'
import type { AffectedScenario, Reroute } from './affected-scenarios.ts'

/** What a change of flows means, with the number of scenarios that were looked at. */
export interface Impact {
  readonly changes: readonly FlowChange[]
  readonly affected: readonly AffectedScenario[]
  readonly scenarios: number
}

const EFFECTS: Readonly<Record<AffectedScenario['effect'], string>> = {
  rerouted: 'goes another way',
  changed: 'goes the same way with another result',
  passes: 'passes through what changed',
  names: 'is about a flow that changed',
}

/** For people: what changed, what that does to scenarios, and how to run them. */
export function impactText({ changes, affected, scenarios }: Impact): string {
  const lines = [
    ...changes.filter(({ kind }) => kind !== 'same').flatMap((change) => [...changeLines(change), '']),
    ...(changes.every(({ kind }) => kind === 'same') ? ['the flows are the same', ''] : []),
    ...affected.flatMap((one) => [...affectedLines(one), '']),
    `${affected.length} of ${scenarios} scenarios are affected`,
    ...(affected.length === 0 ? [] : [`run them with: cxspec run ${placesOf(affected).map(shellWord).join(' ')}`]),
  ]
  return `${lines.map(printable).join('\n')}\n`
}

function affectedLines({ file, scenario, effect, passes, reroute, verdict }: AffectedScenario): string[] {
  const isJudgedOtherwise = verdict.before !== verdict.after
  return [
    `${file}:${scenario.line}  ${scenario.name}: ${EFFECTS[effect]}${isJudgedOtherwise ? ` (${verdict.before} before, ${verdict.after} now)` : ''}`,
    ...(passes.length === 0 ? [] : [`  through ${passes.join(', ')}`]),
    ...(reroute ? rerouteLines(reroute) : []),
  ]
}

/** Around the first difference: long ways are cut in front of it and behind it. */
function rerouteLines({ pathBefore, pathAfter, common }: Reroute): string[] {
  return [`  before  ${around(pathBefore, common)}`, `  now     ${around(pathAfter, common)}`, `  they part at visit ${common + 1}`]
}

const SHOWN = 6

function around(path: readonly string[], index: number): string {
  const start = Math.max(0, index - SHOWN)
  const end = index + SHOWN
  return [...(start > 0 ? ['…'] : []), ...path.slice(start, end), ...(path.length > end ? ['…'] : [])].join(' → ') || '(nothing)'
}

function placesOf(affected: readonly AffectedScenario[]): string[] {
  return [...new Set(affected.map(({ file, scenario }) => `${file}:${scenario.line}`))]
}

function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The same as JSON. */
export function impactJson({ changes, affected, scenarios }: Impact): JsonObject {
  return {
    flows: changes.map(({ flowId, kind, before, after, nodes, branches, settings }) => ({
      flowId,
      kind,
      ...(before ? { before: { file: before.file, version: before.version } } : {}),
      ...(after ? { after: { file: after.file, version: after.version } } : {}),
      nodes: nodes.map((node) => ({ ...node })),
      branches: branches.map((branch) => ({ ...branch })),
      settings: settings.map((setting) => ({ ...setting })),
    })),
    scenarios,
    affected: affected.map(({ file, scenario: { id, name, line }, effect, passes, reroute, verdict }) => ({
      id,
      file,
      line,
      name,
      effect,
      passes,
      ...(reroute ? { reroute: { ...reroute } } : {}),
      verdict: { ...verdict },
    })),
  }
}
