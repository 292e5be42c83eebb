import { expect } from 'chai'
import { resolveSettings } from '../../src/config/resolve-settings.ts'
import { Folder } from '../support/folder.ts'

function resolved(config: string, variables: Record<string, string> = {}) {
  const folder = new Folder({ 'cxspec.config.yaml': config })
  try {
    const { settings, faults, effective } = resolveSettings({ flags: {}, variables, cwd: folder.path })
    return { simulations: settings?.simulations, timeouts: settings?.timeouts, faults, effective }
  } finally {
    folder.remove()
  }
}

const REMOTE = `
target: lab
targets:
  lab:
    baseUrl: https://cxone.example.test
    tokenUrl: /oauth/token
`

describe('resolveSimulations', () => {
  it('is what the API is known for, where nothing is said', () => {
    const { simulations, timeouts } = resolved('{}')
    expect(simulations).to.deep.equal({
      active: 5,
      maxConcurrency: 100,
      pollEveryMs: 2_000,
      callEvents: false,
      callStates: {},
      reachesUs: true,
      webhookUrls: [],
    })
    expect(timeouts?.simulationMs).to.equal(300_000)
  })

  it('takes the field of the target before that of the file, and says where each came from', () => {
    const { simulations, effective } = resolved(
      `${REMOTE}    simulations: { active: 2, callStates: { UP: ringing } }\nsimulations: { active: 4, maxConcurrency: 50, pollEvery: 5s }\n`,
    )
    expect(simulations).to.deep.include({ active: 2, maxConcurrency: 50, pollEveryMs: 5_000, callStates: { UP: 'ringing' } })
    const origins = Object.fromEntries(effective.map(({ name, origin }) => [name, origin]))
    expect(origins['simulations.active']).to.have.nested.property('place.line', 7)
    expect(origins['simulations.maxConcurrency']).to.have.nested.property('place.line', 8)
    expect(origins['simulations.callEvents']).to.deep.equal({ kind: 'default' })
  })

  it('knows whether the target reaches a receiver here', () => {
    expect(resolved(REMOTE).simulations?.reachesUs).to.equal(false)
    expect(resolved(`${REMOTE}webhooks: { receiver: { publicUrl: "https://ci.example.test/hooks" } }`).simulations?.reachesUs).to.equal(
      true,
    )
    expect(resolved(`${REMOTE}webhooks: { receiver: { host: 0.0.0.0 } }`).simulations?.reachesUs).to.equal(true)
    expect(resolved(REMOTE.replace('https://cxone.example.test', 'http://127.0.0.1:4010')).simulations?.reachesUs).to.equal(true)
  })

  it('refuses a state that nobody knows, and an address that is none', () => {
    expect(resolved('simulations: { callStates: { UP: flying } }').faults).to.have.length(1)
    expect(resolved('simulations: { webhookUrls: ["file:///etc/passwd"] }').faults).to.have.length(1)
  })
})
