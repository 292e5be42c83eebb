import { expect } from 'chai'
import { openEmulator } from '../../src/cli/open-emulator.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { World } from '../../src/cli/world.ts'
import { Secrets } from '../../src/config/secrets.ts'
import { Folder } from '../support/folder.ts'

const silent = { write: () => undefined }

function worldIn(cwd: string): World {
  return {
    env: {},
    cwd,
    stdout: silent,
    stderr: silent,
    clock: systemClock,
    emergencies: { subscribe: () => () => undefined },
    secrets: new Secrets(),
    random: () => 0.5,
    hostname: 'test-host',
  }
}

describe('openEmulator', () => {
  it('joins what tenant files say with what it is told', async () => {
    const folder = new Folder({
      'flows/a.tenant.yaml': 'webhooks: { allowedOrigins: ["https://hooks.example.test"] }\ndialer: { speed: 5 }\nactions: { a: {} }\n',
    })
    const { emulator, faults } = await openEmulator(['flows'], worldIn(folder.path), { seed: 9, webhooks: { secret: 'c2VjcmV0' } })
    expect(faults).to.deep.equal([])
    expect(emulator.settings.webhooks).to.include({ secret: 'c2VjcmV0' })
    expect(emulator.settings.webhooks.allowedOrigins).to.deep.equal(['https://hooks.example.test'])
    expect([emulator.settings.seed, emulator.settings.dialer.speed, emulator.settings.actions.size]).to.deep.equal([9, 5, 1])
    emulator.close()
    folder.remove()
  })
})
