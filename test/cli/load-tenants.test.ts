import { resolve } from 'node:path'
import { expect } from 'chai'
import { loadTenants } from '../../src/cli/load-tenants.ts'
import { formatFault } from '../../src/model/format-fault.ts'
import { Folder } from '../support/folder.ts'
import { initProject } from './support/project.ts'
import { runCli } from './support/run-cli.ts'

describe('loadTenants', () => {
  it('reads the tenant files of the scenarios', async () => {
    const { options, faults } = await loadTenants(['scenarios/flows'], resolve('.'))
    expect(faults).to.deep.equal([])
    expect(options.actions?.size).to.be.at.least(3)
    expect(options.agents?.size).to.be.at.least(3)
  })

  it('reads YAML and JSON anywhere below the folders, each file once', async () => {
    const folder = new Folder({
      'data/a.tenant.yaml': 'actions: { a: {} }',
      'data/deep/b.tenant.json': '{ "actions": { "b": {} } }',
      'data/other.yaml': 'actions: { c: {} }',
    })
    const { options, faults } = await loadTenants(['data', 'data/deep', 'nowhere'], folder.path)
    expect(faults).to.deep.equal([])
    expect([...(options.actions?.keys() ?? [])]).to.deep.equal(['a', 'b'])
    folder.remove()
  })

  it('says where every fault of every file is, and takes the other files', async () => {
    const folder = new Folder({
      'data/a.tenant.yaml': 'actions:\n  a: { delay: 5 }\n  b: { results: 1 }\n',
      'data/b.tenant.yaml': 'actions: [\n',
      'data/c.tenant.yaml': 'actions: { c: {} }\n',
      'data/d.tenant.yaml': 'actions:\n  c: {}\n',
    })
    const { options, faults } = await loadTenants(['data'], folder.path)
    expect([...(options.actions?.keys() ?? [])]).to.deep.equal(['c'])
    const places = faults.map((fault) => formatFault(fault).split('\n', 1)[0])
    expect(places).to.deep.equal([
      'data/a.tenant.yaml:2:15: actions.a.delay is 5',
      'data/a.tenant.yaml:3:8: "results" is not a field of actions.b',
      'data/b.tenant.yaml:1:10: this [ is not closed, or what it holds is not indented deeper than the line on which it stands',
      'data/d.tenant.yaml:2:3: "c" of actions is declared in data/c.tenant.yaml already',
    ])
    folder.remove()
  })

  it('lets validate name the faults, which end in exit code 2', async () => {
    const folder = initProject({ 'scenarios/flows/x.tenant.yaml': 'agents: { a: { shifts: [{}] } }\n' })
    const { code, stderr } = await runCli(['validate'], { cwd: folder.path })
    expect(code).to.equal(2)
    expect(stderr).to.include('scenarios/flows/x.tenant.yaml:1:25').and.include('agents.a.shifts[0] does not say when it is')
    folder.remove()
  })
})
