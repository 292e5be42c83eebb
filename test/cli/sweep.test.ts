import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Effect } from '../../src/emulator/faults/fault-plan.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { Folder } from '../support/folder.ts'
import { dialerSuite } from './support/dialer.ts'
import { runCli } from './support/run-cli.ts'
import { killSpawned, SpawnedCxspec } from './support/spawn-cxspec.ts'
import { openTenant, type Tenant } from './support/tenant.ts'

const JOURNAL = 'reports/journal.jsonl'

const flow = [
  'flowId: menu',
  'version: "1"',
  'nodes:',
  '  - { id: start, type: Start, next: exit }',
  '  - { id: exit, type: Exit, status: Completed }',
  '',
].join('\n')

const AGENT = 'agents: { agent-1: { workModeId: voice, shifts: [{ from: "00:00", to: "24:00", workModeId: chat }] } }\n'

const CHANGES_AGENT = `suite: Agents
scenarios:
  - name: changes an agent, then is killed
    steps:
      - setAvailability: { agentId: agent-1, workModeId: chat, restore: true }
      - debug: { flowId: menu }
`

describe('cxspec sweep', function () {
  this.timeout(30_000)
  let folder: Folder
  let tenant: Tenant

  beforeEach(() => {
    folder = new Folder({ 'scenarios/dialer.cxspec.yaml': dialerSuite(), 'scenarios/menu.flow.yaml': flow })
  })
  afterEach(async () => {
    killSpawned()
    await tenant.server.close()
    tenant.emulator.close()
    folder.remove()
  })

  /** Runs against a tenant and is killed as soon as something was asked for. */
  async function killed(
    whenAsked: string,
    faults: readonly (Effect & { api: string })[],
    options: Partial<EmulatorOptions> = {},
  ): Promise<void> {
    tenant = await openTenant(folder.path, faults, options)
    const spawned = new SpawnedCxspec(['run'], { cwd: folder.path, env: tenant.env })
    await tenant.asked(whenAsked)
    spawned.child.kill('SIGKILL')
    expect(await spawned.ended).to.equal('SIGKILL')
  }

  const sweep = (...flags: string[]) => runCli(['sweep', JOURNAL, ...flags], { cwd: folder.path, env: tenant.env })

  function active(): string[] {
    return tenant.emulator.history
      .jobs('simulation')
      .filter(({ endedAtMs }) => endedAtMs === undefined)
      .map(({ tag }) => tag ?? 'foreign')
  }

  it('stops a simulation whose run was killed, and no other; doing it again does no harm', async () => {
    await killed('dialer-simulation-status', [{ api: 'dialer-simulations', job: 'stuck' }], { dialer: { foreign: { count: 2 } } })
    expect(active()).to.have.length(3)
    const dry = await sweep('--dry-run')
    expect(dry.code, dry.stderr).to.equal(1)
    expect(dry.stdout).to.match(/running {2}simulation \S+: it is running, and would be stopped \(scenarios\/dialer\.cxspec\.yaml#calls\)/)
    expect(active()).to.have.length(3)
    const first = await sweep()
    expect(first.code, first.stderr).to.equal(0)
    expect(first.stdout).to.match(/^stopped {2}simulation /m)
    expect(active()).to.deep.equal(['foreign', 'foreign'])
    const second = await sweep()
    expect(second.code).to.equal(0)
    expect(second.stdout).to.match(/^over {5}simulation /m)
    expect(active()).to.deep.equal(['foreign', 'foreign'])
  })

  it('finds a simulation by its tag where the run was killed before it learnt its id', async () => {
    await killed('dialer-simulations', [{ api: 'dialer-simulations', job: 'stuck', delay: '10s' }], { dialer: { foreign: { count: 1 } } })
    expect(readFileSync(folder.at(JOURNAL), 'utf8')).not.to.include('"job-changed"')
    tenant.emulator.setFaults({ faults: [] })
    while (active().length < 2) await new Promise((resolve) => setImmediate(resolve))
    const { code, stdout, stderr } = await sweep()
    expect(code, stderr).to.equal(0)
    expect(stdout).to.match(/^stopped {2}simulation /m)
    expect(active()).to.deep.equal(['foreign'])
  })

  it('lists a simulation that the deployment does not stop', async () => {
    await killed('dialer-simulation-status', [{ api: 'dialer-simulations', job: 'stuck' }], { dialer: { canCancel: false } })
    const { code, stdout } = await sweep()
    expect(code).to.equal(1)
    expect(stdout).to.match(/^running {2}simulation \S+: it is running, and the target does not stop simulations/m)
  })

  it('lists a compilation, which the API cannot stop, until it has ended', async () => {
    folder.write('scenarios/dialer.cxspec.yaml', 'suite: Release\nscenarios:\n  - { name: compiles, compile: { flowId: menu } }\n')
    await killed('flow-compile-status', [], { compile: { inProgressMs: 3_000 } })
    const first = await sweep('--json')
    expect(first.code, first.stderr).to.equal(1)
    expect(JSON.parse(first.stdout)).to.have.length(1)
    expect(JSON.parse(first.stdout)[0]).to.include({ kind: 'compile', subject: 'menu', state: 'running' })
    for (;;) {
      const { code, stdout } = await sweep()
      if (code !== 0) continue
      expect(stdout).to.match(/^over {5}compile \S+: it has ended: (COMPLETED|FAILED)/m)
      break
    }
  })

  describe('with an agent that was to be put back', () => {
    const changes = (): number => tenant.emulator.history.requests('agent-workmodes').length
    const order = { reason: 'on a break', skillLevels: [], metadata: { source: 'somebody', timestamp: '2026-01-05T09:00:00Z' } }

    beforeEach(async () => {
      folder.write('scenarios/agents.tenant.yaml', AGENT)
      folder.write('scenarios/dialer.cxspec.yaml', CHANGES_AGENT)
      await killed('flow-debug', [{ api: 'flow-debug', delay: '60s' }])
    })

    it('puts it back, publishes that, and does so once', async () => {
      const dry = await sweep('--dry-run')
      expect(dry.code, dry.stderr).to.equal(1)
      expect(dry.stdout).to.match(/^changed {2}agent agent-1: it is in chat, and would be put back into voice /m)
      expect(changes()).to.equal(1)
      const first = await sweep()
      expect(first.code, first.stdout).to.equal(0)
      expect(first.stdout).to.match(/^undone {3}agent agent-1: it was in chat, and is put back into voice /m)
      expect(tenant.emulator.history.requests('events')).to.have.length(2)
      expect((await sweep()).stdout).to.match(/^over {5}agent agent-1: it is in voice, as it was /m)
      expect(changes()).to.equal(2)
    })

    it('leaves it alone where somebody else has changed it since', async () => {
      const token = await fetch(`${tenant.server.url}/oauth/token?grant_type=client_credentials`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('emulator-client:emulator-secret')}` },
      })
      const { access_token } = JSON.parse(await token.text())
      const changed = await fetch(`${tenant.server.url}/api/v2/agents/agent-1/workmodes`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json', 'if-match': '"1"' },
        body: JSON.stringify({ workModeId: 'break', ...order }),
      })
      expect(changed.status).to.equal(200)
      const { code, stdout } = await sweep()
      expect(code).to.equal(0)
      expect(stdout).to.match(/^over {5}agent agent-1: it is in break, which the run did not ask for /m)
      expect(changes()).to.equal(2)
    })
  })

  it('says that a run which came to its end has left nothing', async () => {
    tenant = await openTenant(folder.path)
    expect((await runCli(['run'], { cwd: folder.path, env: tenant.env })).code).to.equal(0)
    const { code, stdout } = await sweep()
    expect(code).to.equal(0)
    expect(stdout).to.match(/^run \S+ left nothing behind\n$/)
  })

  it('touches nothing where the journal was changed, or names another target', async () => {
    await killed('dialer-simulation-status', [{ api: 'dialer-simulations', job: 'stuck' }])
    const other = await runCli(['sweep', JOURNAL], { cwd: folder.path, env: {} })
    expect(other.code).to.equal(2)
    expect(other.stderr).to.include('the run was against "environment"')
    writeFileSync(folder.at(JOURNAL), readFileSync(folder.at(JOURNAL), 'utf8').replace('cxspec/', 'foreign'))
    const changed = await sweep()
    expect(changed.code).to.equal(2)
    expect(changed.stderr).to.include('the journal was tampered with')
    expect(active()).to.have.length(1)
  })

  it('reads a journal whose last line was torn off', async () => {
    await killed('dialer-simulation-status', [{ api: 'dialer-simulations', job: 'stuck' }])
    appendFileSync(folder.at(JOURNAL), '{"type":"request-inten')
    expect((await sweep()).code).to.equal(0)
    expect(active()).to.deep.equal([])
  })

  it('exits 3 where the target cannot be asked', async () => {
    await killed('dialer-simulation-status', [{ api: 'dialer-simulations', job: 'stuck' }])
    tenant.emulator.setFaults({ faults: [{ api: 'token', answer: { status: 401, body: { error: 'invalid_client' } } }] })
    const { code, stdout } = await sweep()
    expect(code).to.equal(3)
    expect(stdout).to.match(/^failed {3}simulation /m)
  })
})
