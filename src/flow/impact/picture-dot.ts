import type { ChangePicture, Mark } from './change-picture.ts'

/** Told apart by more than their colour. */
const NODE_STYLES: Readonly<Record<Mark, string>> = {
  same: '',
  added: ', style=filled, fillcolor="#d4f4dd", color="#1a7f37", penwidth=2',
  removed: ', style="filled,dashed", fillcolor="#ffe0de", color="#cf222e"',
  changed: ', style=filled, fillcolor="#fff3c4", color="#9a6700", penwidth=2',
}

const ARROW_STYLES = {
  same: '',
  added: ', color="#1a7f37", fontcolor="#1a7f37", penwidth=2',
  removed: ', style=dashed, color="#cf222e", fontcolor="#cf222e"',
} as const

const SIGNS: Readonly<Record<Mark, string>> = { same: '', added: '+ ', removed: '- ', changed: '~ ' }

/** Pictures as one text in the language of Graphviz; `dot -Tsvg` draws it. */
export function picturesAsDot(pictures: readonly ChangePicture[]): string {
  const parts = pictures.map(({ title, nodes, arrows }, index) => {
    const name = (id: string): string => quoted(`${title}/${id}`)
    return [
      `  subgraph cluster_${index} {`,
      `    label=${quoted(title)}`,
      ...nodes.map(({ id, type, mark }) => `    ${name(id)} [label=${quoted(`${SIGNS[mark]}${id}\n${type}`)}${NODE_STYLES[mark]}]`),
      '  }',
      ...arrows.map(({ from, to, labels, mark }) => {
        const label = `${SIGNS[mark]}${labels.join(', ')}`
        return `  ${name(from)} -> ${name(to)} [label=${quoted(label)}${ARROW_STYLES[mark]}]`
      }),
    ]
  })
  return `${['digraph impact {', '  node [shape=box, fontname="sans-serif"]', '  edge [fontname="sans-serif"]', ...parts.flat(), '}'].join('\n')}\n`
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
