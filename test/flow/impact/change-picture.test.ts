import { expect } from 'chai'
import { changePicture } from '../../../src/flow/impact/change-picture.ts'
import { compareFlows } from '../../../src/flow/impact/compare-flows.ts'
import { picturesAsDot } from '../../../src/flow/impact/picture-dot.ts'
import { picturesAsMermaid } from '../../../src/flow/impact/picture-mermaid.ts'
import { flowOf } from '../support.ts'

const before = flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": 'say "hi"', "2": 'say "hi"', noInput: out, noMatch: out } }
  - { id: 'say "hi"', type: PlayPrompt, prompt: x, next: out }
  - { id: out, type: Exit }`)
const after = flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": new, "2": new, noInput: out, noMatch: out } }
  - { id: new, type: PlayPrompt, prompt: x, next: out }
  - { id: out, type: Exit }`)
const picture = changePicture(compareFlows('test', before, after))

describe('changePicture', () => {
  it('marks what is new and what is gone, and draws branches that share their ends as one arrow', () => {
    expect(picture.nodes.filter(({ mark }) => mark !== 'same')).to.deep.equal([
      { id: 'new', type: 'PlayPrompt', mark: 'added' },
      { id: 'say "hi"', type: 'PlayPrompt', mark: 'removed' },
    ])
    expect(picture.arrows.filter(({ from, mark }) => from === 'menu' && mark !== 'same')).to.deep.equal([
      { from: 'menu', to: 'new', labels: ['1', '2'], mark: 'added' },
      { from: 'menu', to: 'say "hi"', labels: ['1', '2'], mark: 'removed' },
    ])
  })
})

describe('picturesAsDot', () => {
  it('quotes names as Graphviz reads them', () => {
    expect(picturesAsDot([picture])).to.include('"test/menu" -> "test/say \\"hi\\"" [label="- 1, 2", style=dashed')
  })
})

describe('picturesAsMermaid', () => {
  it('writes no character of a name that Mermaid could take for syntax', () => {
    const text = picturesAsMermaid([picture])
    expect(text).to.include('["- say #34;hi#34;<br>PlayPrompt"]:::removed')
    expect(text).to.include('-.->|"- 1, 2"|')
  })

  it('styles the arrows by their number', () => {
    const lines = picturesAsMermaid([picture]).split('\n')
    const arrows = lines.filter((line) => /--?>\||-\.->/.test(line))
    const removed = arrows.findIndex((line) => line.includes('- 1, 2'))
    expect(lines).to.include(`  linkStyle ${removed} stroke:#cf222e`)
  })
})
