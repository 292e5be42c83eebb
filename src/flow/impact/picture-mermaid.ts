import type { ChangePicture, Mark } from './change-picture.ts'

const SIGNS: Readonly<Record<Mark, string>> = { same: '', added: '+ ', removed: '- ', changed: '~ ' }

const CLASSES = [
  'classDef added fill:#d4f4dd,stroke:#1a7f37,stroke-width:2px,color:#000',
  'classDef removed fill:#ffe0de,stroke:#cf222e,stroke-dasharray:4,color:#000',
  'classDef changed fill:#fff3c4,stroke:#9a6700,stroke-width:2px,color:#000',
]

/** Pictures as one text in the language of Mermaid, which GitHub and GitLab draw in Markdown. */
export function picturesAsMermaid(pictures: readonly ChangePicture[]): string {
  const styles: string[] = []
  let arrowCount = 0
  const parts = pictures.flatMap(({ title, nodes, arrows }, picture) => {
    const names = new Map(nodes.map(({ id }, index) => [id, `n${picture}_${index}`]))
    const known = arrows.filter(({ from, to }) => names.has(from) && names.has(to))
    for (const { mark } of known) {
      if (mark === 'added') styles.push(`linkStyle ${arrowCount} stroke:#1a7f37,stroke-width:2px`)
      if (mark === 'removed') styles.push(`linkStyle ${arrowCount} stroke:#cf222e`)
      arrowCount += 1
    }
    return [
      `subgraph s${picture}["${escaped(title)}"]`,
      ...nodes.map(({ id, type, mark }) => {
        const name = `${names.get(id)}["${escaped(`${SIGNS[mark]}${id}`)}<br>${escaped(type)}"]`
        return `  ${name}${mark === 'same' ? '' : `:::${mark}`}`
      }),
      'end',
      ...known.map(({ from, to, labels, mark }) => {
        const label = escaped(`${SIGNS[mark]}${labels.join(', ')}`)
        return `${names.get(from)} ${mark === 'removed' ? '-.->' : '-->'}|"${label}"| ${names.get(to)}`
      }),
    ]
  })
  return `${['flowchart TD', ...[...parts, ...styles, ...CLASSES].map((line) => `  ${line}`)].join('\n')}\n`
}

/** Entities in Mermaid's own spelling, so that no text is taken for syntax. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} _.,+~:/-]/gu, (character) => `#${character.codePointAt(0)};`)
}
