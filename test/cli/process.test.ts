import { closeSync, existsSync, openSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { expect } from 'chai'
import { listen } from '../../src/emulator/http/listen.ts'
import type { Folder } from '../support/folder.ts'
import { realClock } from '../support/real-clock.ts'
import { initProject } from './support/project.ts'
import { killSpawned, runCxspec, SpawnedCxspec } from './support/spawn-cxspec.ts'
import { openTenant, type Tenant } from './support/tenant.ts'

const LINGERING = `suite: Lingering
flow: welcome
scenarios:
  - name: takes its time
    debug: { dtmf: "1" }
    teardown:
      - compile: {}
  - name: waits for its turn
    debug: { dtmf: "2" }
`

const text = (folder: Folder, name: string): string => readFileSync(folder.at(name), 'utf8')

describe('the process of cxspec run', () => {
  let folder: Folder
  let tenant: Tenant | undefined
  beforeEach(() => {
    folder = initProject({ 'lingering.cxspec.yaml': LINGERING })
  })
  afterEach(async () => {
    killSpawned()
    await tenant?.server.close()
    tenant = undefined
    folder.remove()
  })

  async function startLingering(faults: Parameters<typeof openTenant>[1]): Promise<SpawnedCxspec> {
    tenant = await openTenant(folder.path, faults)
    const spawned = new SpawnedCxspec(['run', 'lingering.cxspec.yaml', '-j', '1'], { cwd: folder.path, env: tenant.env })
    await tenant.asked('flow-debug')
    return spawned
  }

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`on ${signal} tears down, writes reports in which nothing is green, and exits ${code} in time`, async () => {
      const spawned = await startLingering([{ api: 'flow-debug', delay: '60s' }])
      const startedAtMs = performance.now()
      spawned.child.kill(signal)
      expect(await spawned.ended).to.equal(code)
      expect(performance.now() - startedAtMs).to.be.lessThan(7_000)
      expect(tenant?.emulator.history.requests('flow-compile')).to.have.length(1)
      expect(text(folder, 'reports/junit.xml'))
        .to.match(/errors="2"/)
        .and.include(signal)
      expect(JSON.parse(text(folder, 'reports/results.json'))).to.nested.include({ 'totals.notRun': 2, 'totals.passed': 0 })
      expect(spawned.stderr).to.include(`${signal}: tidying up`)
    })
  }

  it('on a second signal stops tidying up, and is still not green', async () => {
    const spawned = await startLingering([{ api: ['flow-debug', 'flow-compile'], delay: '60s' }])
    spawned.child.kill('SIGINT')
    await spawned.says('tidying up')
    await tenant?.asked('flow-compile')
    const startedAtMs = performance.now()
    spawned.child.kill('SIGINT')
    expect(await spawned.ended).to.equal(130)
    expect(performance.now() - startedAtMs).to.be.lessThan(2_500)
    expect(text(folder, 'reports/junit.xml'))
      .to.match(/errors="3"/)
      .and.include('(teardown)')
  })

  it('leaves, when it is killed, the old reports whole and a journal from which new ones are made', async () => {
    folder.write('reports/junit.xml', '<old/>')
    const spawned = await startLingering([{ api: 'flow-debug', delay: '60s' }])
    spawned.child.kill('SIGKILL')
    expect(await spawned.ended).to.equal('SIGKILL')
    expect(text(folder, 'reports/junit.xml')).to.equal('<old/>')
    const report = await runCxspec(['report', 'reports/journal.jsonl', '--reporter', 'junit'], { cwd: folder.path })
    expect(report.code, report.stderr).to.equal(70)
    expect(text(folder, 'reports/junit.xml'))
      .to.match(/tests="2"/)
      .and.match(/errors="2"/)
    const audit = await runCxspec(['audit', 'verify', 'reports/journal.jsonl'], { cwd: folder.path })
    expect(audit.code).to.equal(0)
    expect(audit.stdout).to.include('does not end with the end of a run')
  })

  it('is not green when the memory is used up, and a report that is red is made from the journal', async () => {
    tenant = await openTenant(folder.path, [{ api: 'flow-debug', delay: '60s' }])
    const env = { ...tenant.env, NODE_OPTIONS: '--max-old-space-size=48' }
    const spawned = new SpawnedCxspec(['run'], { cwd: folder.path, env, preload: 'test/cli/support/hog-on-signal.mjs' })
    await tenant.asked('flow-debug')
    spawned.child.kill('SIGUSR2')
    expect(await spawned.ended).to.be.oneOf(['SIGABRT', 'SIGTRAP', 134])
    expect(spawned.stderr).to.include('heap out of memory')
    expect(existsSync(folder.at('reports/junit.xml'))).to.equal(false)
    expect((await runCxspec(['audit', 'verify', 'reports/journal.jsonl'], { cwd: folder.path })).code).to.equal(0)
    const report = await runCxspec(['report', 'reports/journal.jsonl', '--reporter', 'junit'], { cwd: folder.path })
    expect(report.code, report.stderr).to.equal(70)
    expect(text(folder, 'reports/junit.xml')).to.match(/errors="[1-9]/)
  })

  it('is killed at random times, and the journal can always be read', async () => {
    for (const afterMs of [60, 110, 170, 260, 400]) {
      const spawned = new SpawnedCxspec(['run', '-o', `out-${afterMs}`], { cwd: folder.path })
      await new Promise((next) => setTimeout(next, afterMs))
      spawned.child.kill('SIGKILL')
      const end = await spawned.ended
      const report = await runCxspec(['report', `out-${afterMs}/journal.jsonl`, '--reporter', 'junit:file=again.xml'], { cwd: folder.path })
      // where it was killed before its first line, or had come to its end, there is nothing to be red about.
      expect(report.code, report.stderr).to.be.oneOf(end === 'SIGKILL' ? [0, 2, 70] : [end])
      expect(report.stderr).to.not.include('    at ')
    }
  })

  it('is interrupted at random times, and ends in time, never green', async () => {
    tenant = await openTenant(folder.path, [{ api: 'flow-debug', delay: '60s' }])
    for (const afterMs of [90, 180, 320, 500]) {
      const spawned = new SpawnedCxspec(['run', '-o', `out-${afterMs}`], { cwd: folder.path, env: tenant.env })
      await new Promise((next) => setTimeout(next, afterMs))
      const startedAtMs = performance.now()
      spawned.child.kill('SIGTERM')
      // Before the run has begun there is nothing to tidy up, and the signal ends the process as usual.
      const end = await spawned.ended
      expect(end, spawned.stderr).to.be.oneOf(['SIGTERM', 143])
      expect(performance.now() - startedAtMs).to.be.lessThan(7_000)
      if (end !== 143) continue
      expect(JSON.parse(text(folder, `out-${afterMs}/results.json`)).totals.notRun).to.be.greaterThan(0)
      expect(text(folder, `out-${afterMs}/junit.xml`)).to.match(/errors="[1-9]/)
    }
  })

  it('ends early with exit code 3 where the target drops every connection, and hardly asks it again', async () => {
    tenant = await openTenant(folder.path, [{ drop: 'before-answer' }])
    const rows = Array.from({ length: 200 }, (_, row) => `      - { row: ${row} }`).join('\n')
    folder.write(
      'many.cxspec.yaml',
      `suite: Many\nflow: welcome\nscenarios:\n  - name: many\n    examples:\n${rows}\n    debug: { dtmf: "1" }\n`,
    )
    const { code, stdout, stderr } = await runCxspec(['run', 'many.cxspec.yaml'], { cwd: folder.path, env: tenant.env })
    expect(code, stdout + stderr).to.equal(3)
    expect(tenant.emulator.history.requests().length).to.be.lessThan(30)
    expect(JSON.parse(text(folder, 'reports/results.json'))).to.nested.include({ 'totals.errored': 200 })
  })

  it('keeps the other reports and is not green when the disk is full for one', async () => {
    const { code, stderr } = await runCxspec(['run', '--reporter', 'junit:file=/dev/full', '--reporter', 'json'], { cwd: folder.path })
    expect(code).to.equal(70)
    expect(stderr).to.include('/dev/full')
    expect(JSON.parse(text(folder, 'reports/results.json'))).to.nested.include({ 'totals.passed': 4 })
  })

  it('starts nothing more and is not green when the disk is full for the journal', async () => {
    folder.write('reports/x', '')
    symlinkSync('/dev/full', folder.at('reports/journal.jsonl'))
    const { code, stderr } = await runCxspec(['run'], { cwd: folder.path })
    expect(code).to.equal(70)
    expect(stderr).to.include('the journal cannot be written any more')
    expect(text(folder, 'reports/junit.xml')).to.match(/tests="/)
  })

  it('writes all reports and is not green when nobody reads its output any more', async () => {
    const spawned = new SpawnedCxspec(['run'], { cwd: folder.path })
    spawned.child.stdout?.destroy()
    expect(await spawned.ended).to.equal(70)
    expect(text(folder, 'reports/junit.xml')).to.match(/tests="4"/)
  })

  it('is not green when its output cannot be written', async () => {
    const full = openSync('/dev/full', 'w')
    const { code } = await runCxspec(['run'], { cwd: folder.path, stdout: full })
    closeSync(full)
    expect(code).to.equal(70)
    expect(text(folder, 'reports/junit.xml')).to.match(/tests="4"/)
  })

  it('writes partial reports and is not green when a promise never settles', async () => {
    const { code, stderr } = await runCxspec(['run'], { cwd: folder.path, preload: 'test/cli/support/lose-sleep.mjs' })
    expect(code, stderr).to.equal(70)
    expect(stderr).to.include('nothing is left that could settle what is waited for')
    expect(text(folder, 'reports/junit.xml')).to.match(/errors="[1-9]/)
  })

  it('shows the stack of a rejection that nobody handles, without the secrets in it, and writes partial reports', async () => {
    tenant = await openTenant(folder.path, [{ api: 'flow-debug', delay: '60s' }])
    const { code, stderr } = await runCxspec(['run'], { cwd: folder.path, env: tenant.env, preload: 'test/cli/support/reject.mjs' })
    expect(code).to.equal(70)
    expect(stderr).to.include('lost with ***').and.include('    at ')
    expect(stderr).to.not.include('emulator-secret')
    expect(text(folder, 'reports/junit.xml')).to.match(/errors="[1-9]/)
  })

  it('refuses an output folder that cannot be made, before anything runs', async () => {
    for (const flag of ['--output=/proc/cxspec/deep', '--output=cxspec.config.yaml', '--reporter=junit:file=/proc/cxspec/junit.xml']) {
      const { code, stderr, stdout } = await runCxspec(['run', flag], { cwd: folder.path })
      expect(code, flag).to.equal(2)
      expect(stderr).to.match(/the folder \S+ cannot be made/)
      expect(stdout).to.equal('')
    }
  })

  it('writes all of a long output into a slow pipe', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `      - { key: "1", note: row number ${index} with some words }`).join('\n')
    folder.write(
      'many.cxspec.yaml',
      `suite: Many\nflow: welcome\nscenarios:\n  - name: many\n    examples:\n${rows}\n    debug: { dtmf: "\${key}" }\n`,
    )
    const { code, stdout } = await runCxspec(['list', 'many.cxspec.yaml', '--json'], { cwd: folder.path })
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.have.length(3_000)
  })
})

describe('the process of cxspec emulator', () => {
  it('serves flows to a run until it is told to stop, and ends well', async () => {
    const folder = initProject()
    const spawned = new SpawnedCxspec(['emulator', '--port', '0'], { cwd: folder.path })
    await spawned.says('Ctrl-C')
    const [url = ''] = /http:\/\/[\d.:]+/.exec(spawned.stdout) ?? []
    const env = { CXSPEC_BASE_URL: url, CXSPEC_CLIENT_ID: 'emulator-client', CXSPEC_CLIENT_SECRET: 'emulator-secret' }
    const { code, stdout } = await runCxspec(['run'], { cwd: folder.path, env })
    expect(code, stdout).to.equal(0)
    const [, port = ''] = /:(\d+)$/.exec(url) ?? []
    const second = await runCxspec(['emulator', '--port', port], { cwd: folder.path })
    expect(second.code).to.equal(2)
    expect(second.stderr).to.include(`port ${port}`)
    spawned.child.kill('SIGTERM')
    expect(await spawned.ended).to.equal(0)
    folder.remove()
  })

  it('serves what tenant files declare, posts call events, and ends well while a simulation is active', async () => {
    const folder = initProject({
      'scenarios/flows/a.tenant.yaml': 'dialer: { queued: 0ms }\nactions: { ping: { delay: 0ms, result: { pong: "{n}" } } }\n',
    })
    folder.write('cxspec.config.yaml', 'emulator: { flows: [scenarios/flows] }\nwebhooks: { receiver: { secret: { env: HOOK_KEY } } }\n')
    const events: string[] = []
    const signatures = new Set<string>()
    const receiver = createServer(async (request, response) => {
      signatures.add(String(request.headers['webhook-signature']).slice(0, 3))
      events.push(Buffer.concat(await request.toArray()).toString())
      response.end()
    })
    const webhookUrl = `http://127.0.0.1:${await listen(receiver, '127.0.0.1', 0)}/hook`
    const env = { HOOK_KEY: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }
    const spawned = new SpawnedCxspec(['emulator', '--port', '0', '--seed', '7'], { cwd: folder.path, env })
    await spawned.says('Ctrl-C')
    const [url = ''] = /http:\/\/[\d.:]+/.exec(spawned.stdout) ?? []
    const form = { grant_type: 'client_credentials', client_id: 'emulator-client', client_secret: 'emulator-secret' }
    const token = Object(await (await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })).json())
    const headers = {
      authorization: `Bearer ${token.access_token}`,
      'content-type': 'application/json',
      'x-correlation-id': 'b3b5d1c2-6d0b-4c58-9b0e-0d4a4a3a2f10',
    }
    const post = async (path: string, body: object): Promise<Record<string, string>> =>
      Object(await (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json())
    const simulation = {
      campaignId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      virtualAgentMatrix: { flowId: 'welcome' },
      outcomeInjection: { enabled: true, answerProbability: 1 },
      concurrencyLimit: 50,
      complianceBypass: true,
      webhookUrl,
    }
    await post('/api/v2/dialer/simulations', { ...simulation, maxCalls: 100 })
    while (new Set(events).size < 100) await realClock.sleep(10)
    expect([...signatures]).to.deep.equal(['v1,'])
    const { executionId } = await post('/api/v2/dx/actions/ping/execute', { inputs: { n: 7 }, asyncExecution: true })
    const answer = await fetch(`${url}/api/v2/dx/actions/ping/executions/${executionId}`, { headers })
    expect(await answer.json()).to.deep.equal({ executionId, status: 'COMPLETED', result: { pong: 7 } })
    await post('/api/v2/dialer/simulations', { ...simulation, maxCalls: 100_000, concurrencyLimit: 1 })
    spawned.child.kill('SIGTERM')
    expect(await spawned.ended).to.equal(0)
    receiver.closeAllConnections()
    receiver.close()
    folder.remove()
  })
})
