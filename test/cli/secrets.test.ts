import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Folder } from '../support/folder.ts'
import { initProject } from './support/project.ts'
import { runCxspec } from './support/spawn-cxspec.ts'

const SECRET = 'cAnary/se+cret&1 "x"é'
const TOKEN = 'tok.cAnary-0123456789/abc+def=='
const PIN = '90417726'

/** Every form in which a secret could be written. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const base64 = Buffer.from(secret).toString('base64')
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams([[secret, '']]).toString().slice(0, -1),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ]
}

/** A server that answers tokens, and echoes every secret in everything else that it can say. */
function openEcho(): Promise<Server> {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.endsWith('/oauth/token')) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600, scope: SECRET }))
      return
    }
    const everything = [...formsOf(SECRET), ...formsOf(TOKEN), ...formsOf(PIN), request.headers.authorization].join(' ')
    const path = ['node_start', everything]
    response.statusCode = request.headers['x-scenario'] ? 500 : 200
    response.setHeader('x-correlation-id', TOKEN)
    response.setHeader('content-type', 'application/json')
    const trace = path.map((nodeId, index) => ({ nodeId, type: 'Start', timestamp: index, exception: everything }))
    if (request.url?.includes('compile')) response.statusCode = 400
    response.end(
      JSON.stringify({
        path,
        variables: { [SECRET]: everything, pin: Number(PIN) },
        exitNode: everything,
        duration: 1,
        trace,
        error: everything,
      }),
    )
  }
  const server = createServer(answer)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('secrets of a run', () => {
  let folder: Folder
  let server: Server
  let env: Record<string, string>
  const given = new Set(['secret.txt', 'canary.cxspec.yaml'])

  before(async () => {
    folder = initProject({
      'secret.txt': `${SECRET}\n`,
      'canary.cxspec.yaml': [
        'suite: Canary',
        'flow: welcome',
        'scenarios:',
        '  - name: debug shows everything',
        '    debug: { dtmf: "1", variables: { pin: "${pin}" } }',
        '    expect: { path: [node_start, node_exit], variables: { pin: { equals: "1" } }, exitNode: node_exit }',
        '  - name: compile is refused with everything',
        '    compile: {}',
        '',
      ].join('\n'),
    })
    folder.write('cxspec.config.yaml', 'vars: { pin: "${env.PIN}" }\nsecrets: [{ env: PIN }]\n')
    server = await openEcho()
    const { port } = server.address() as AddressInfo
    env = { CXSPEC_BASE_URL: `http://127.0.0.1:${port}`, CXSPEC_CLIENT_ID: 'my-client', CXSPEC_CLIENT_SECRET_FILE: 'secret.txt', PIN }
  })
  after(() => {
    server.close()
    server.closeAllConnections()
    folder.remove()
  })

  function expectNoSecretIn(where: string, text: string): void {
    for (const secret of [SECRET, TOKEN, PIN, `my-client:${SECRET}`]) {
      for (const form of formsOf(secret)) expect(text.includes(form), `${form} in ${where}`).to.equal(false)
    }
  }

  for (const detail of ['--verbose', '--quiet']) {
    it(`stand in no output and no file, in no encoding, with ${detail}`, async () => {
      const { code, stdout, stderr } = await runCxspec(['run', 'canary.cxspec.yaml', detail], { cwd: folder.path, env })
      expect(code, stdout + stderr).to.be.oneOf([1, 3])
      expect(stdout).to.include('***')
      expectNoSecretIn('stdout', stdout)
      expectNoSecretIn('stderr', stderr)
      for (const file of filesBelow(folder.path)) {
        if (!given.has(file.slice(folder.path.length + 1))) expectNoSecretIn(file, readFileSync(file, 'utf8'))
      }
    })
  }

  it('are not shown by cxspec config', async () => {
    const { stdout, stderr } = await runCxspec(['config'], { cwd: folder.path, env })
    expect(stdout).to.include('CXSPEC_CLIENT_SECRET_FILE')
    expectNoSecretIn('stdout', stdout + stderr)
  })
})

describe('the hosts of a run', () => {
  it('are only the configured ones: a redirect is an error, and its target sees nothing', async () => {
    const seen: string[] = []
    const foreign = createServer((request, response) => {
      seen.push(String(request.url))
      response.end('{}')
    })
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
    const { port: foreignPort } = foreign.address() as AddressInfo
    const redirecting = createServer((request, response) => {
      if (request.url?.endsWith('/oauth/token'))
        response.end(JSON.stringify({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 }))
      else response.writeHead(307, { location: `http://127.0.0.1:${foreignPort}/caught` }).end()
    })
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve))
    const { port } = redirecting.address() as AddressInfo
    const folder = initProject()
    const env = { CXSPEC_BASE_URL: `http://127.0.0.1:${port}`, CXSPEC_CLIENT_ID: 'my-client', CXSPEC_CLIENT_SECRET: SECRET }
    const { code, stdout } = await runCxspec(['run'], { cwd: folder.path, env })
    expect(code).to.equal(3)
    expect(stdout).to.match(/redirect/i)
    expect(seen).to.deep.equal([])
    for (const server of [foreign, redirecting]) {
      server.close()
      server.closeAllConnections()
    }
    folder.remove()
  })
})
