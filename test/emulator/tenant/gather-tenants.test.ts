import { expect } from 'chai'
import { gatherTenants, type ReadTenant } from '../../../src/emulator/tenant/gather-tenants.ts'
import type { TenantFile } from '../../../src/emulator/tenant/tenant-file.ts'

function read(file: string, tenant: TenantFile): ReadTenant {
  return { file, tenant, placeOf: (section, id) => ({ file, line: 1, column: `${section}.${id ?? ''}`.length }) }
}

describe('gatherTenants', () => {
  it('puts files together', () => {
    const { options, faults } = gatherTenants([
      read('one', { actions: { a: {} }, agents: { x: {} }, skillsPerPage: 2 }),
      read('two', { actions: { b: { delay: '1s' } }, dialer: { queued: '2s', abandonShare: 0.5, foreign: { count: 1, for: '3s' } } }),
    ])
    expect(faults).to.deep.equal([])
    expect([...(options.actions?.keys() ?? [])]).to.deep.equal(['a', 'b'])
    expect([...(options.agents?.keys() ?? [])]).to.deep.equal(['x'])
    expect(options.skillsPerPage).to.equal(2)
    expect(options.dialer).to.deep.equal({ queuedMs: 2_000, profile: { abandonShare: 0.5 }, foreign: { count: 1, forMs: 3_000 } })
  })

  it('keeps the first of what is declared twice, and says where the other is', () => {
    const { options, faults } = gatherTenants([
      read('one', { actions: { a: { name: 'first' } }, skillsPerPage: 1 }),
      read('two', { actions: { a: { name: 'second' } }, skillsPerPage: 2 }),
    ])
    expect(options.actions?.get('a')?.name).to.equal('first')
    expect(options.skillsPerPage).to.equal(1)
    expect(faults.map(({ message, place }) => `${place?.file}: ${message}`)).to.deep.equal([
      'two: "a" of actions is declared in one already',
      'two: skillsPerPage is declared in one already',
    ])
  })
})
