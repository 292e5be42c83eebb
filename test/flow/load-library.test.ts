import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createLibrary } from '../../src/flow/library.ts'
import { loadLibrary } from '../../src/flow/load-library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import { FaultError } from '../../src/model/fault.ts'

const FLOW = (flowId: string): string => `flowId: ${flowId}\nnodes: [{ id: start, type: Start, next: done }, { id: done, type: Exit }]\n`

describe('loadLibrary', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'flows-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  function write(file: string, text: string | Uint8Array): void {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }

  it('reads YAML and JSON flows of a folder and the folders in it, and nothing else', () => {
    write('flows/b.flow.yaml', FLOW('b'))
    write('flows/deep/er/a.flow.yml', FLOW('a'))
    write('flows/c.flow.json', JSON.stringify({ flowId: 'c', nodes: [] }))
    write('flows/notes.yaml', FLOW('notes'))
    write('elsewhere/d.flow.yaml', FLOW('d'))
    const { flows, faults } = loadLibrary(['flows'], root)
    expect([...flows.keys()].sort()).to.deep.equal(['a', 'b', 'c'])
    expect(flows.get('a')?.file).to.equal('flows/deep/er/a.flow.yml')
    expect(faults).to.deep.equal([])
  })

  it('holds a flow that is broken, and the others', () => {
    write('flows/a.flow.yaml', FLOW('a'))
    write('flows/broken.flow.yaml', 'flowId: broken\nnodes: [\n')
    const { flows, faults } = loadLibrary(['flows'], root)
    expect(flows.get('broken')?.diagnosis.errors[0]?.code).to.equal('SYNTAX_ERROR')
    expect(flows.get('a')?.diagnosis.errors).to.deep.equal([])
    expect(faults).to.deep.equal([])
  })

  it('takes the first of two flows of one id, and tells of the other', () => {
    write('flows/1.flow.yaml', FLOW('same'))
    write('flows/2.flow.yaml', `# a comment\n${FLOW('same')}`)
    const { flows, faults } = loadLibrary(['flows'], root)
    expect(flows.get('same')?.file).to.equal('flows/1.flow.yaml')
    expect(faults).to.have.length(1)
    expect(faults[0]).to.deep.include({ code: 'DUPLICATE_FLOW', message: 'the flow id "same" is taken: flows/1.flow.yaml has it too' })
    expect(faults[0]?.place).to.include({ file: 'flows/2.flow.yaml', line: 2, column: 9 })
  })

  it('reads a file once, however often its folder is named', () => {
    write('flows/a.flow.yaml', FLOW('a'))
    expect(loadLibrary(['flows', './flows', join(root, 'flows')], root).faults).to.deep.equal([])
  })

  it('costs one fault for each file that must not or cannot be read, and the others are there', () => {
    write('flows/a.flow.yaml', FLOW('a'))
    write('flows/latin.flow.yaml', Uint8Array.from([0x66, 0x6c, 0xff, 0xfe, 0x00]))
    write('secret.txt', 'flowId: secret')
    symlinkSync(join(root, 'secret.txt'), join(root, 'flows/out.flow.yaml'))
    symlinkSync(join(root, 'flows'), join(root, 'flows/circle'))
    const { flows, faults } = loadLibrary(['flows'], root)
    expect([...flows.keys()]).to.deep.equal(['a'])
    expect(faults.map(({ place }) => place?.file)).to.deep.equal(['flows/latin.flow.yaml', 'flows/out.flow.yaml'])
  })

  it('tells of a folder that does not exist', () => {
    const { flows, faults } = loadLibrary(['flws'], root)
    expect(flows.size).to.equal(0)
    expect(faults[0]).to.include({ code: 'NO_SUCH_FOLDER', message: 'there is no folder flws' })
  })
})

describe('createLibrary', () => {
  it('refuses two flows of one id', () => {
    const flows = [readFlow(FLOW('a'), '1.flow.yaml'), readFlow(FLOW('a'), '2.flow.yaml')]
    expect(() => createLibrary(flows)).to.throw(FaultError, /"a" is taken/)
  })
})
