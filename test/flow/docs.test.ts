import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { callFlow, pathOf, soundFlow } from './support.ts'

const guide = readFileSync('docs/flows.md', 'utf8')
const blocks = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text)
const whole = blocks.filter((text) => text.includes('flowId:'))
const parts = blocks.filter((text) => !text.includes('flowId:'))

describe('docs/flows.md', () => {
  it('shows a whole flow that reads without errors and warnings and does what the text says', () => {
    expect(whole).to.have.length(1)
    const flow = soundFlow(whole[0] ?? '')
    expect(flow.diagnosis.warnings).to.deep.equal([])
    const said = /A caller who presses 2 on a Monday morning goes (.*?)\./s.exec(guide)?.[1] ?? ''
    const path = [...said.matchAll(/`(\w+)`/g)].map(([, node]) => node)
    expect(pathOf(callFlow(flow, { dtmf: '2' }))).to.deep.equal(path)
  })

  for (const [index, part] of parts.entries()) {
    it(`shows parts that fit into a flow (${index + 1} of ${parts.length})`, () => {
      expect(soundFlow(`flowId: part\n${part}`).diagnosis.warnings).to.deep.equal([])
    })
  }
})
