import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseArgs, promisify } from 'node:util'
import { expect } from 'chai'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { readFaultPlan } from '../../src/emulator/faults/read-fault-plan.ts'
import { type EmulatorServer, serve } from '../../src/emulator/http/serve.ts'
import { OPERATIONS } from '../../src/emulator/operations.ts'
import { readTenant } from '../../src/emulator/tenant/read-tenant.ts'
import { openLocator } from '../../src/yaml/locate.ts'
import { readYaml } from '../../src/yaml/read-yaml.ts'
import { realClock } from '../support/real-clock.ts'
import { testFlows } from './flows.ts'

const TEXT = readFileSync(new URL('../../docs/emulator.md', import.meta.url), 'utf8')
const DOCUMENTED_URL = 'http://127.0.0.1:4010'

function blocks(language: string): string[] {
  return [...TEXT.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code)
}

/** A curl command of the guide as a request. */
function toRequest(command: string): Request {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+?)'([^']*)'|(\S+)/g)].map(
    ([, a, b, c, d, e]) => a ?? b ?? (c === undefined ? e : c + d) ?? '',
  )
  const { values, positionals } = parseArgs({
    args: words.slice(1),
    allowPositionals: true,
    options: {
      s: { type: 'boolean', short: 's' },
      u: { type: 'string', short: 'u' },
      d: { type: 'string', short: 'd', multiple: true },
      H: { type: 'string', short: 'H', multiple: true },
    },
  })
  const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
  if (values.u !== undefined) headers.set('authorization', `Basic ${Buffer.from(values.u).toString('base64')}`)
  for (const header of values.H ?? []) headers.set(header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1).trim())
  return new Request(positionals[0] ?? '', { method: 'POST', headers, body: (values.d ?? []).join('&') })
}

describe('docs/emulator.md', () => {
  let server: EmulatorServer
  beforeEach(async () => {
    server = await serve(createEmulator({ flows: testFlows(), clock: realClock }))
  })
  afterEach(() => server.close())

  it('shows a fault plan and a tenant file that are read as they stand', () => {
    const [tenant = '', plan = '', ...others] = blocks('yaml')
    expect(others).to.deep.equal([])
    expect(readFaultPlan(readYaml(plan, 'faults.yaml').value?.value).faults).to.equal(undefined)
    const document = readYaml(tenant, 'a.tenant.yaml')
    expect(document.faults).to.equal(undefined)
    expect(readTenant(document.value?.value, openLocator(tenant, 'a.tenant.yaml')).faults).to.equal(undefined)
  })

  it('shows commands that get a token and debug a flow', async () => {
    const [askToken = '', debug = ''] = blocks('sh')
      .filter((block) => block.startsWith('curl '))
      .map((block) => block.replace(DOCUMENTED_URL, server.url))
    const { access_token: token } = Object(await (await fetch(toRequest(askToken))).json())
    const answer = await fetch(toRequest(debug.replace('$TOKEN', token)))
    expect(answer.status).to.equal(200)
    expect(await answer.json()).to.have.property('exitNode', 'node_exit')
  })

  it('shows a program that prints what it says', async () => {
    const [program = ''] = blocks('js')
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      program.replace(DOCUMENTED_URL, server.url),
    ])
    expect([stdout]).to.deep.equal(blocks('text'))
  })

  it('names every resource, its scopes and every API', () => {
    for (const { api, access, paths } of OPERATIONS) {
      for (const path of paths) expect(TEXT).to.include(path.replace(/:(\w+)/g, '{$1}'))
      if (api !== 'admin') expect(TEXT).to.include(`\`${api}\``)
      if (typeof access === 'object') for (const scope of access.scopes) expect(TEXT).to.include(`\`${scope}\``)
    }
  })
})
