import { expect } from 'chai'
import type { FlowDefinition } from '../../src/api/resources/flow.ts'
import { emulatedFlows, flowsOfTarget } from '../../src/cli/flow-finder.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { soundFlow } from '../flow/support.ts'

const main = soundFlow(
  'flowId: main\nversion: "2"\nnodes:\n  - { id: start, type: Start, next: sub }\n  - { id: sub, type: SubFlow, flowId: inner, next: bye }\n  - { id: bye, type: Exit }\n',
  'flows/main.flow.yaml',
)
const inner = soundFlow(
  'flowId: inner\nnodes:\n  - { id: start, type: Start, next: bye }\n  - { id: bye, type: Exit }\n',
  'flows/inner.flow.yaml',
)
const files = createLibrary([main, inner])

/** A target that tells these flows, and counts who asks. */
function targetOf(told: Readonly<Record<string, FlowDefinition>>) {
  const asked: string[] = []
  const finder = flowsOfTarget(async (flowId) => {
    asked.push(flowId)
    const flow = told[flowId]
    if (!flow) throw new Error(`404: no flow ${flowId}`)
    return flow
  }, files)
  return { asked, finder }
}

describe('emulatedFlows', () => {
  it('finds a flow and those that it calls in their files', async () => {
    const found = await emulatedFlows(files).find('main')
    expect(found.map(({ flowId, file, version, emulated }) => ({ flowId, file, version, emulated }))).to.deep.equal([
      { flowId: 'main', file: 'flows/main.flow.yaml', version: '2', emulated: true },
      { flowId: 'inner', file: 'flows/inner.flow.yaml', version: '1', emulated: true },
    ])
  })

  it('says that there is none', async () => {
    expect(await emulatedFlows(files).find('gone')).to.deep.equal([{ flowId: 'gone', problem: 'the emulator has no such flow' }])
  })
})

describe('flowsOfTarget', () => {
  const told = {
    main: { flowId: 'main', version: 7, definition: main.definition ?? null },
    inner: { flowId: 'inner', definition: { ...inner.definition, name: 'another' } },
  }

  it('takes the version of the target, and the lines of the file that holds the same', async () => {
    const [flow] = await targetOf(told).finder.find('main')
    expect(flow).to.deep.include({ flowId: 'main', version: '7', file: 'flows/main.flow.yaml' })
    expect(flow?.lines?.['sub']?.line).to.equal(5)
  })

  it('takes the definition of the target where the file here holds another', async () => {
    const [flow] = await targetOf(told).finder.find('inner')
    expect(flow?.file).to.equal(undefined)
    expect(flow?.definition).to.deep.include({ name: 'another' })
  })

  it('asks for each flow once, whoever needs it', async () => {
    const { asked, finder } = targetOf(told)
    await Promise.all([finder.find('main'), finder.find('main'), finder.find('inner')])
    expect(asked.sort()).to.deep.equal(['inner', 'main'])
  })

  it('believes a target that tells no definition to have that of the file, unless its version is another one', async () => {
    const [same] = await targetOf({ main: { flowId: 'main', version: '2' } }).finder.find('main')
    expect(same).to.deep.include({ file: 'flows/main.flow.yaml', version: '2' })
    const [other] = await targetOf({ main: { flowId: 'main', version: '3' } }).finder.find('main')
    expect(other?.problem).to.equal('the target does not tell the definition of its version 3, and flows/main.flow.yaml has version 2')
    const [nowhere] = await targetOf({ gone: { flowId: 'gone' } }).finder.find('gone')
    expect(nowhere?.problem).to.equal('the target does not tell its definition, and no file here has it')
  })

  it('says why the target does not tell', async () => {
    expect(await targetOf({}).finder.find('main')).to.deep.equal([{ flowId: 'main', problem: '404: no flow main' }])
  })
})
