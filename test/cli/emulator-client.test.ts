import { expect } from 'chai'
import { emulatorClient } from '../../src/cli/emulator-client.ts'
import { resolveSettings } from '../../src/config/resolve-settings.ts'
import { Secrets } from '../../src/config/secrets.ts'
import type { EmulatorClient } from '../../src/emulator/oauth/token-store.ts'
import { DEFAULT_CLIENT } from '../../src/emulator/options.ts'
import { FaultError } from '../../src/model/fault.ts'

const cwd = import.meta.dirname

function clientOf(variables: Readonly<Record<string, string>>, secrets = new Secrets()): EmulatorClient {
  return emulatorClient(resolveSettings({ flags: {}, variables, cwd }), { cwd, secrets })
}

describe('emulatorClient', () => {
  it("is the emulator's own where the environment holds no credentials", () => {
    expect(clientOf({})).to.equal(DEFAULT_CLIENT)
  })

  it('is the one of the environment, whose secret no output may show', () => {
    const secrets = new Secrets()
    const client = clientOf({ CXSPEC_CLIENT_ID: 'my-client', CXSPEC_CLIENT_SECRET: 'my-long-secret' }, secrets)
    expect(client).to.deep.equal({ ...DEFAULT_CLIENT, id: 'my-client', secret: 'my-long-secret' })
    expect(secrets.mask('it is my-long-secret')).not.to.include('my-long-secret')
  })

  it('does not guess where half of the credentials is missing', () => {
    expect(() => clientOf({ CXSPEC_CLIENT_ID: 'my-client' })).to.throw(FaultError, 'client secret is not set')
    expect(() => clientOf({ CXSPEC_CLIENT_SECRET_FILE: 'none.txt' })).to.throw(FaultError, 'client id is not set')
  })
})
