import type { Flow } from '../flow.ts'
import type { FlowChange } from './flow-change.ts'

/** How a node or an arrow of the picture is to look. */
export type Mark = 'same' | 'added' | 'removed' | 'changed'

/** A change as a graph to be drawn: what both versions have, what is new and what is gone. */
export interface ChangePicture {
  readonly title: string
  readonly nodes: readonly PictureNode[]
  readonly arrows: readonly PictureArrow[]
}

interface PictureNode {
  readonly id: string
  readonly type: string
  readonly mark: Mark
}

interface PictureArrow {
  readonly from: string
  readonly to: string
  /** Several branches that lead the same way are one arrow. */
  readonly labels: readonly string[]
  readonly mark: Exclude<Mark, 'changed'>
}

/** The picture of a change. A branch that was rewired is an arrow that is gone and one that is new. */
export function changePicture({ flowId, before, after, nodes }: FlowChange): ChangePicture {
  const marks = new Map(nodes.map(({ node, kind }) => [node, kind]))
  const all = new Map([...(after?.nodes ?? []), ...[...(before?.nodes ?? [])].filter(([id]) => !after?.nodes.has(id))])
  const shown = [...all.values()].filter((node) => node.spec === undefined || node.type !== 'Annotation')
  return {
    title: flowId,
    nodes: shown.map(({ id, type }) => ({ id, type, mark: marks.get(id) ?? 'same' })),
    arrows: arrowsOf(before, after),
  }
}

function arrowsOf(before: Flow | undefined, after: Flow | undefined): PictureArrow[] {
  const [old, now] = [branchesOf(before), branchesOf(after)]
  const arrows = new Map<string, { from: string; to: string; labels: string[]; mark: PictureArrow['mark'] }>()
  for (const [key, { from, to, label }] of new Map([...now, ...old])) {
    const mark = !old.has(key) ? 'added' : !now.has(key) ? 'removed' : 'same'
    const drawn = JSON.stringify([from, to, mark])
    const arrow = arrows.get(drawn) ?? { from, to, labels: [], mark }
    arrow.labels.push(label)
    arrows.set(drawn, arrow)
  }
  return [...arrows.values()]
}

function branchesOf(flow: Flow | undefined) {
  const branches = [...(flow?.nodes.values() ?? [])].flatMap((node) => [...node.branches.values()])
  return new Map(branches.map((branch) => [JSON.stringify([branch.from, branch.label, branch.to]), branch]))
}
