import { isJsonObject, type Json } from '../../model/json.ts'
import type { Flow, FlowNode } from '../flow.ts'
import { normalizeSpeech } from '../speech.ts'
import type { Draft } from './finding-draft.ts'

/** Phrases that a node knows twice: only one of the two choices is ever heard. */
export function duplicatePhrases(flow: Flow): Draft[] {
  return [...flow.nodes.values()].flatMap((node) => duplicatesIn(node, flow.flowId))
}

function duplicatesIn(node: FlowNode, flowId: string): Draft[] {
  const heardAs = new Map<string, string>()
  return phrasesOf(node).flatMap(({ label, index, phrase }) => {
    const words = normalizeSpeech(phrase)
    const other = heardAs.get(words)
    if (other === undefined) heardAs.set(words, label)
    if (other === undefined || other === label) return []
    return [
      {
        rule: 'duplicate-key' as const,
        severity: 'error' as const,
        flowId,
        message: `node "${node.id}": the phrase ${JSON.stringify(phrase)} is for "${label}", but is always heard as "${other}"`,
        at: { pointer: [...node.pointer, 'speech', label, index] },
        way: [{ node: node.id, branch: other }],
        goal: { kind: 'node' as const, flowId, node: node.id },
        advice: 'keep it for one of the two',
      },
    ]
  })
}

function phrasesOf({ spec }: FlowNode): { label: string; index: number; phrase: string }[] {
  const speech: Json | undefined = spec && 'speech' in spec && isJsonObject(spec.speech) ? spec.speech : undefined
  return Object.entries(speech ?? {}).flatMap(([label, phrases]) =>
    Array.isArray(phrases) ? phrases.flatMap((phrase: Json, index) => (typeof phrase === 'string' ? [{ label, index, phrase }] : [])) : [],
  )
}
