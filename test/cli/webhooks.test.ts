import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { expect } from 'chai'
import { Webhook } from 'standardwebhooks'
import { Folder } from '../support/folder.ts'
import { dialerSuite } from './support/dialer.ts'
import { runCli } from './support/run-cli.ts'
import { openTenant } from './support/tenant.ts'

const SECRET = `whsec_${randomBytes(32).toString('base64')}`

interface Delivered {
  readonly headers: Record<string, string>
  readonly body: string
}

/** A server on this machine that takes webhooks, or answers as told. */
class Hook {
  readonly delivered: Delivered[] = []
  status = 200
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request: IncomingMessage, response: ServerResponse) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        this.delivered.push({ headers: request.headers as Record<string, string>, body })
        response.writeHead(this.status).end()
      })
    })
  }

  static async open(): Promise<Hook> {
    const hook = new Hook()
    await new Promise<void>((resolve) => hook.#server.listen(0, '127.0.0.1', resolve))
    return hook
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook?token=t0ken-of-the-hook`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const judgedByCalls = ['    expect: { callsCompleted: 20, outcomes: { answered: { count: 20 } } }']
const compiles =
  'suite: Release\nscenarios:\n  - { name: compiles, compile: { flowId: menu }, expect: { status: { oneOf: [COMPLETED, FAILED] } } }\n'
const flow =
  'flowId: menu\nversion: "1"\nnodes:\n  - { id: start, type: Start, next: exit }\n  - { id: exit, type: Exit, status: Completed }\n'

describe('webhooks', function () {
  this.timeout(30_000)
  let folder: Folder
  let hook: Hook

  beforeEach(async () => {
    folder = new Folder({ 'scenarios/menu.flow.yaml': flow })
    hook = await Hook.open()
  })
  afterEach(() => {
    hook.close()
    folder.remove()
  })

  const configure = (webhooks: unknown): void => folder.write('cxspec.config.yaml', JSON.stringify({ webhooks }))
  const scenario = (text: string): void => folder.write('scenarios/one.cxspec.yaml', text)
  const journal = (): string => readFileSync(folder.at('reports/journal.jsonl'), 'utf8')
  const run = (env: Record<string, string> = {}, ...args: string[]) => runCli(['run', ...args], { cwd: folder.path, env })

  describe('that are received', () => {
    it('tell of every call, in memory as over the network', async () => {
      scenario(dialerSuite(judgedByCalls))
      const { code, stdout, stderr } = await run()
      expect(code, stdout + stderr).to.equal(0)
      expect(journal()).to.match(/"type":"inbox-closed".*"taken":20,"refused":0/)
      const tenant = await openTenant(folder.path)
      const remote = await run(tenant.env)
      tenant.emulator.close()
      await tenant.server.close()
      expect(remote.code, remote.stdout).to.equal(0)
      expect(journal()).to.match(/"type":"inbox-closed".*"taken":20,"refused":0/)
    })

    it('come to an address that nobody can read in the journal', async () => {
      scenario(dialerSuite(judgedByCalls))
      await run()
      expect(journal()).to.match(/"webhookUrl":"http:\/\/127\.0\.0\.1:\d+\/\*\*\*\//)
    })

    it('are taken where they are signed with the key of the receiver', async () => {
      configure({ receiver: { secret: { env: 'HOOK_SECRET' } } })
      scenario(dialerSuite(judgedByCalls))
      const { code, stdout } = await run({ HOOK_SECRET: SECRET })
      expect(code, stdout).to.equal(0)
      expect(journal()).not.to.include(SECRET.slice('whsec_'.length))
    })

    it('are refused where they are not signed, count for nothing, and are told in the journal', async () => {
      configure({ receiver: { secret: { env: 'HOOK_SECRET' } } })
      scenario(dialerSuite(['      callEvents: true', ...judgedByCalls]))
      const tenant = await openTenant(folder.path)
      const { code } = await run({ ...tenant.env, HOOK_SECRET: SECRET })
      tenant.emulator.close()
      await tenant.server.close()
      expect(code).not.to.equal(1)
      const refused = journal().match(/"type":"delivery-refused"[^\n]*/g) ?? []
      expect(refused).to.have.length(20)
      expect(refused[0]).to.include('"status":401,"reason":"the signature is missing"')
      expect(journal()).to.match(/"type":"inbox-closed".*"taken":0,"refused":20/)
    })

    it('need a port that is free: if not, nothing is sent, and the exit code is 2', async () => {
      configure({ receiver: { port: hook.port } })
      scenario(dialerSuite(judgedByCalls))
      const tenant = await openTenant(folder.path)
      const { code, stderr } = await run(tenant.env)
      const asked = tenant.emulator.history.requests()
      tenant.emulator.close()
      await tenant.server.close()
      expect(code).to.equal(2)
      expect(stderr).to.include(`the receiver of webhooks cannot listen on 127.0.0.1:${hook.port}: somebody else listens there`)
      expect(asked).to.deep.equal([])
    })

    it('need no port where no scenario wants them', async () => {
      configure({ receiver: { port: hook.port } })
      scenario(compiles)
      const { code, stderr } = await run()
      expect(code, stderr).to.equal(0)
    })

    for (const [what, secret, message] of [
      ['is missing', undefined, 'the key of webhooks.receiver is not set'],
      ['is none', 'hunter2-hunter2', 'the key of webhooks.receiver is none that webhooks can be signed with'],
    ] as const) {
      it(`need a key that is one: exit code 2 where it ${what}`, async () => {
        configure({ receiver: { secret: { env: 'HOOK_SECRET' } } })
        scenario(dialerSuite(judgedByCalls))
        const { code, stderr } = await run(secret === undefined ? {} : { HOOK_SECRET: secret })
        expect(code).to.equal(2)
        expect(stderr).to.include(message).and.not.to.include('hunter2')
      })
    }
  })

  describe('that are sent', () => {
    const notify = (more: object = {}) => configure({ notifications: [{ url: hook.url, secret: { env: 'NOTIFY_SECRET' }, ...more }] })

    it('tell of the run and of its compilation, signed', async () => {
      notify()
      scenario(compiles)
      const { code, stdout } = await run({ NOTIFY_SECRET: SECRET })
      expect(code, stdout).to.equal(0)
      const judge = new Webhook(SECRET)
      const bodies = hook.delivered.map(({ headers, body }) => judge.verify(body, headers) as Record<string, unknown>)
      const statuses = bodies.map(({ status }) => status)
      expect(statuses.join(' ')).to.match(/^started QUEUED (IN_PROGRESS )?(COMPLETED|FAILED) finished$/)
      expect(bodies.at(0)).to.include({ status: 'started', target: 'emulator' })
      expect(bodies.at(1)).to.have.all.keys('flowId', 'compileId', 'status', 'timestamp').and.include({ flowId: 'menu', status: 'QUEUED' })
      expect(bodies.at(-1)).to.deep.include({ status: 'finished', exitCode: 0 }).and.to.have.nested.property('counts.passed', 1)
    })

    it('never fail a run, and say once that they could not be delivered', async () => {
      notify({ events: ['run-started', 'run-finished'] })
      hook.status = 400
      scenario(compiles)
      const { code, stderr } = await run({ NOTIFY_SECRET: SECRET })
      expect(code).to.equal(0)
      expect(stderr).to.equal(`webhooks: 2 notifications could not be delivered to http://127.0.0.1:${hook.port}: the answer was 400\n`)
    })

    it('show neither key nor address to anybody else', async () => {
      notify()
      hook.status = 404
      scenario(compiles)
      const { stdout, stderr } = await run({ NOTIFY_SECRET: SECRET })
      const config = await runCli(['config'], { cwd: folder.path, env: { NOTIFY_SECRET: SECRET } })
      const files = readdirSync(folder.at('reports')).map((name) => readFileSync(folder.at(`reports/${name}`), 'utf8'))
      for (const text of [stdout, stderr, config.stdout, config.stderr, ...files]) {
        expect(text).not.to.include(SECRET).and.not.to.include(SECRET.slice('whsec_'.length)).and.not.to.include('t0ken-of-the-hook')
      }
      expect(config.stdout).to.match(/webhooks\.notifications\[0\]\.secret +\(set, from environment NOTIFY_SECRET\)/)
    })

    it('are not sent again when a report is made from the journal', async () => {
      notify()
      scenario(compiles)
      await run({ NOTIFY_SECRET: SECRET })
      const count = hook.delivered.length
      await runCli(['report', 'reports/journal.jsonl'], { cwd: folder.path, env: { NOTIFY_SECRET: SECRET } })
      expect(hook.delivered).to.have.length(count)
    })
  })
})

describe('cxspec audit list', function () {
  this.timeout(30_000)

  it('tells every phase of every job, one JSON object a line', async () => {
    const folder = new Folder({
      'scenarios/menu.flow.yaml': flow,
      'scenarios/a.cxspec.yaml': compiles,
      'scenarios/b.cxspec.yaml': dialerSuite(['      publishMetrics: true']),
    })
    await runCli(['run'], { cwd: folder.path })
    const { code, stdout } = await runCli(['audit', 'list', 'reports/journal.jsonl'], { cwd: folder.path })
    folder.remove()
    expect(code).to.equal(0)
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    for (const [job, id, aggregated] of [
      ['compile', 'compileId', []],
      ['simulation', 'simulationId', ['aggregated']],
    ] as const) {
      const own = records.filter((record) => record['job'] === job)
      const events = own.map(({ event }) => event)
      expect(events.slice(0, 2)).to.deep.equal(['validated', 'dispatched'])
      expect(events).to.include('state-changed')
      expect(events.slice(events.indexOf('finished'))).to.deep.equal(['finished', ...aggregated])
      const finished = own.find(({ event }) => event === 'finished')
      expect(finished).to.include.all.keys('time', 'runId', id, 'state', 'result', 'latencyMs', 'httpStatus', 'correlationId')
      for (const { time } of own) expect(new Date(String(time)).toISOString()).to.equal(time)
    }
  })

  it('says what is no journal', async () => {
    const folder = new Folder({ 'empty.jsonl': '' })
    const { code, stderr } = await runCli(['audit', 'list', 'empty.jsonl'], { cwd: folder.path })
    folder.remove()
    expect(code).to.equal(2)
    expect(stderr).to.include('the journal empty.jsonl is empty')
  })
})
