import { expect } from 'chai'
import { formatOrigin } from '../../src/config/origin.ts'
import { type Resolution, resolveSettings } from '../../src/config/resolve-settings.ts'
import type { RemoteTargetSettings } from '../../src/config/settings.ts'
import type { FlagTexts } from '../../src/config/sources.ts'
import { formatFault } from '../../src/model/format-fault.ts'
import { Folder } from '../support/folder.ts'

interface Given {
  readonly config?: string
  readonly flags?: FlagTexts
  readonly variables?: Record<string, string>
  readonly files?: Record<string, string>
}

function resolve({ config, flags = {}, variables = {}, files = {} }: Given): Resolution {
  const folder = new Folder({ ...files, ...(config === undefined ? {} : { 'cxspec.config.yaml': config }) })
  const resolution = resolveSettings({ flags, variables, cwd: folder.path })
  // Places are looked up when they are shown.
  JSON.stringify(resolution.effective)
  folder.remove()
  return resolution
}

function originOf(resolution: Resolution, name: string): string {
  const found = resolution.effective.find((value) => value.name === name)
  return found ? `${found.shown} <- ${formatOrigin(found.origin)}` : 'nothing'
}

function codes({ faults }: Resolution): string[] {
  return faults.map(({ code }) => code)
}

function remote(given: Given): RemoteTargetSettings {
  const { settings, faults } = resolve(given)
  if (settings?.target.kind !== 'remote') throw new Error(`no remote target: ${faults.map(formatFault).join('\n')}`)
  return settings.target
}

describe('resolveSettings', () => {
  it('runs the folder scenarios on the emulator where nothing is set', () => {
    const { settings } = resolve({ files: { 'scenarios/a.flow.yaml': '' } })
    expect(settings).to.deep.include({
      target: { kind: 'emulator', name: 'emulator', flows: ['scenarios'] },
      scenarios: ['scenarios'],
      retries: 0,
      strict: false,
      failOnFlaky: false,
      quarantine: [],
      output: 'reports',
      vars: {},
      flagVars: {},
    })
    expect(settings?.limits).to.deep.equal({
      requestsAtOnce: 8,
      jobsOpen: 200,
      answerBytes: 10_000_000,
      apis: { 'flow-compile-status': { atOnce: 3 }, 'data-actions': { perSecond: 100 }, 'agent-workmodes': { perSecond: 5 } },
    })
    expect(settings?.reporters.map(({ name }) => name)).to.deep.equal(['screen', 'junit', 'json'])
  })

  it('does not look for flows in a usual folder that is not there', () => {
    expect(resolve({}).settings?.flows).to.deep.equal([])
  })

  it('lets a flag win over the environment, that over an env file, that over the file, and that over the default', () => {
    const config = 'limits: { requestsAtOnce: 2 }\n'
    const files = { '.env': 'CXSPEC_JOBS=3\n' }
    const envFile = { 'env-file': ['.env'] }
    const variables = { CXSPEC_JOBS: '4' }
    const origin = (given: Given): string => originOf(resolve({ files, ...given }), 'limits.requestsAtOnce')
    expect(origin({})).to.equal('8 <- default')
    expect(origin({ config })).to.equal('2 <- cxspec.config.yaml:1:27')
    expect(origin({ config, flags: envFile })).to.equal('3 <- environment CXSPEC_JOBS (from .env)')
    expect(origin({ config, flags: envFile, variables })).to.equal('4 <- environment CXSPEC_JOBS')
    expect(origin({ config, flags: { ...envFile, jobs: ['5'] }, variables })).to.equal('5 <- flag --jobs')
  })

  const texts: readonly [string, Given, string][] = [
    ['target', { variables: { CXSPEC_TARGET: 'emulator' } }, 'emulator <- environment CXSPEC_TARGET'],
    ['output', { flags: { output: ['out'] } }, 'out <- flag --output'],
    ['output', { variables: { CXSPEC_OUTPUT: 'out' } }, 'out <- environment CXSPEC_OUTPUT'],
    ['retries', { variables: { CXSPEC_RETRIES: '2' } }, '2 <- environment CXSPEC_RETRIES'],
    ['strict', {}, 'false <- default'],
    ['strict', { config: 'strict: true\n' }, 'true <- cxspec.config.yaml:1:9'],
    ['strict', { config: 'strict: true\n', variables: { CXSPEC_STRICT: 'false' } }, 'false <- environment CXSPEC_STRICT'],
    ['strict', { flags: { strict: [] }, variables: { CXSPEC_STRICT: 'false' } }, 'true <- flag --strict'],
    ['timeouts.scenario', { flags: { timeout: ['90s'] } }, '90s <- flag --timeout'],
    ['timeouts.scenario', { variables: { CXSPEC_TIMEOUT: '2m' } }, '2m <- environment CXSPEC_TIMEOUT'],
    ['timeouts.call', { config: 'timeouts: { call: 1.5s }' }, '1500ms <- cxspec.config.yaml:1:19'],
    ['limits.answerSize', { config: 'limits: { answerSize: 512kB }' }, '512000 B <- cxspec.config.yaml:1:23'],
    ['scenarios', { config: 'scenarios: [a, b]' }, 'a, b <- cxspec.config.yaml:1:12'],
    ['emulator.flows', { flags: { flows: ['a', 'b'] } }, 'a, b <- flag --flows'],
    ['emulator.flows', { config: 'emulator: { flows: [a] }' }, 'a <- cxspec.config.yaml:1:20'],
    ['reporters', { flags: { reporter: ['screen', 'junit:file=a.xml'] } }, 'screen, junit:file=a.xml <- flag --reporter'],
    ['reporters', { config: 'reporters: [{ junit: { file: a.xml } }]' }, 'junit:file=a.xml <- cxspec.config.yaml:1:12'],
    ['vars.language', { config: 'vars: { language: de }' }, '"de" <- cxspec.config.yaml:1:19'],
    ['vars.language', { config: 'vars: { language: de }', flags: { var: ['language=fr'] } }, '"fr" <- flag --var'],
  ]
  for (const [name, given, expected] of texts) {
    it(`tells that ${name} is ${expected}`, () => {
      const resolution = resolve(given)
      expect(resolution.faults).to.deep.equal([])
      expect(originOf(resolution, name)).to.equal(expected)
    })
  }

  it('keeps --var apart from the vars of the configuration, since a file of scenarios comes between them', () => {
    const { settings } = resolve({ config: 'vars: { a: 1, b: 2 }', flags: { var: ['a=x', 'n:=3'] } })
    expect(settings).to.deep.include({ vars: { a: 1, b: 2 }, flagVars: { a: 'x', n: 3 } })
  })

  it('lists every fault of flags and variables at once', () => {
    const resolution = resolve({
      flags: { jobs: ['0'], retries: ['many'], var: ['=x', 'a:={'], reporter: ['junit:'] },
      variables: { CXSPEC_TIMEOUT: '90', CXSPEC_TARGET: 'stagin' },
      config: 'targets: { staging: { preset: incontact } }',
    })
    expect(resolution.settings).to.equal(undefined)
    expect(codes(resolution)).to.have.members([
      'UNKNOWN_TARGET',
      'INVALID_SETTING',
      'INVALID_SETTING',
      'INVALID_SETTING',
      'INVALID_REPORTER',
      'INVALID_VARIABLE',
      'INVALID_VARIABLE',
    ])
    expect(resolution.faults.find(({ code }) => code === 'UNKNOWN_TARGET')?.advice).to.equal('did you mean "staging"?')
  })

  it('takes no wrong value silently as the default', () => {
    for (const text of ['', ' 8', '8.0', '0x8', '1e1', '-1', '1001', '８']) {
      expect(codes(resolve({ flags: { jobs: [text] } })), text).to.deep.equal(['INVALID_SETTING'])
    }
  })

  it('takes the configuration from --config, else CXSPEC_CONFIG, else the usual name', () => {
    const files = { 'a.yaml': 'output: a', 'b.yaml': 'output: b' }
    const output = (given: Given): string | undefined => resolve({ files, config: 'output: usual', ...given }).settings?.output
    expect(output({})).to.equal('usual')
    expect(output({ variables: { CXSPEC_CONFIG: 'b.yaml' } })).to.equal('b')
    expect(output({ variables: { CXSPEC_CONFIG: 'b.yaml' }, flags: { config: ['a.yaml'] } })).to.equal('a')
  })

  it('refuses a configuration or an env file that is not there', () => {
    expect(codes(resolve({ flags: { config: ['nope.yaml'], 'env-file': ['nope.env'] } }))).to.deep.equal([
      'ENV_FILE_UNREADABLE',
      'CONFIG_MISSING',
    ])
  })

  it('refuses to choose between two configuration files', () => {
    expect(codes(resolve({ config: '', files: { 'cxspec.config.json': '{}' } }))).to.deep.equal(['CONFIG_AMBIGUOUS'])
  })

  it('reads an empty configuration, and one in JSON', () => {
    expect(resolve({ config: '' }).settings?.output).to.equal('reports')
    expect(resolve({ files: { 'cxspec.config.json': '{ "output": "out" }' } }).settings?.output).to.equal('out')
  })
})

/** Of every request that the client sends; see the page on each step kind. */
const EVERY_SCOPE =
  'flow:debug flow:read flow:write dialer:campaigns:write dialer:simulations:write dialer:simulations:read dialer:metrics:read ' +
  'dx:actions:execute dx:actions:read agent:read agent:write skill:read wfm:read events:publish'

describe('resolveSettings for targets', () => {
  const presets: readonly [string, string, Partial<RemoteTargetSettings>][] = [
    [
      'org, org: my-org',
      'org',
      {
        baseUrl: 'https://my-org.api.nicecxone.com',
        tokenUrl: 'https://my-org.api.nicecxone.com/oauth/token',
        clientAuthentication: 'basic',
        grantIn: 'body',
        scope: EVERY_SCOPE,
      },
    ],
    [
      'incontact',
      'incontact',
      {
        baseUrl: 'https://api.niceincontact.com',
        tokenUrl: 'https://platform.niceincontact.com/oauth/token',
        clientAuthentication: 'basic',
        grantIn: 'query',
      },
    ],
    [
      'site, site: na1',
      'site',
      {
        baseUrl: 'https://na1.api.cxm.nice.incontact.com',
        tokenUrl: 'https://na1.api.cxm.nice.incontact.com/api/v2/oauth/token',
        clientAuthentication: 'form',
        grantIn: 'body',
      },
    ],
    [
      'dx, organization: my-org',
      'dx',
      {
        baseUrl: 'https://my-org.api.nice.incontact.com',
        tokenUrl: 'https://my-org.api.nice.incontact.com/api/v2/oauth/token',
        clientAuthentication: 'form',
        grantIn: 'body',
      },
    ],
    [
      'region, region: us-1',
      'region',
      {
        baseUrl: 'https://api-us-1.cxone.com',
        tokenUrl: 'https://api-us-1.cxone.com/oauth2/token',
        clientAuthentication: 'form',
        grantIn: 'body',
        scope: EVERY_SCOPE,
      },
    ],
  ]
  for (const [fields, name, expected] of presets) {
    it(`reaches a deployment of preset ${name}`, () => {
      const target = remote({ config: `target: t\ntargets: { t: { preset: ${fields} } }` })
      expect(target).to.deep.include(expected)
      expect(target.scope).to.equal(expected.scope)
      expect(target.credentials).to.deep.equal({ clientId: { env: 'CXSPEC_CLIENT_ID' }, clientSecret: { env: 'CXSPEC_CLIENT_SECRET' } })
    })
  }

  it('names the parameter that a preset lacks, and where', () => {
    const { faults } = resolve({ config: 'target: t\ntargets:\n  t: { preset: dx, org: my-org }\n' })
    expect(faults).to.have.length(1)
    expect(faults[0]).to.include({ code: 'TARGET_INCOMPLETE', message: 'the target t has no organization' })
    expect(faults[0]?.place).to.include({ line: 3 })
  })

  it('refuses a parameter that would lead to another host', () => {
    for (const org of ['evil.example.test/', 'a.b', 'a@b', 'a#', '-a', '""', 'a/../b']) {
      expect(codes(resolve({ config: `targets: { t: { preset: org, org: ${JSON.stringify(org)} } }` })), org).to.not.deep.equal([])
    }
  })

  it('lets every field of a target win over its preset', () => {
    const config = `target: t
targets:
  t: { preset: region, region: us-1, baseUrl: "http://127.0.0.1:4010/", scope: flow:debug, clientId: { env: A }, clientSecret: { file: b } }
`
    expect(remote({ config })).to.deep.include({
      baseUrl: 'http://127.0.0.1:4010',
      tokenUrl: 'http://127.0.0.1:4010/oauth2/token',
      clientAuthentication: 'form',
      scope: 'flow:debug',
      credentials: { clientId: { env: 'A' }, clientSecret: { file: 'b' } },
    })
  })

  it('takes a target without a preset from its own fields', () => {
    const config = 'target: t\ntargets: { t: { baseUrl: https://cxone.example.test/x, tokenUrl: https://login.example.test/t } }'
    const target = remote({ config })
    expect(target).to.deep.include({
      baseUrl: 'https://cxone.example.test/x',
      tokenUrl: 'https://login.example.test/t',
      clientAuthentication: 'basic',
      grantIn: 'body',
    })
    expect(target).to.not.have.property('scope')
  })

  it('spaces debug calls on a tenant, not on this machine, and as configured', () => {
    const spacing = (fields: string, limits = '{}'): number | undefined =>
      resolve({ config: `target: t\nlimits: ${limits}\ntargets: { t: { tokenUrl: /t, ${fields} } }` }).settings?.limits.apis['flow-debug']
        ?.spacingMs
    expect(spacing('baseUrl: https://cxone.example.test')).to.equal(2_000)
    expect(spacing('baseUrl: http://127.0.0.1:1')).to.equal(undefined)
    expect(spacing('baseUrl: https://cxone.example.test', '{ apis: { flow-debug: { spacing: 5s } } }')).to.equal(5_000)
    const own = 'limits: { apis: { flow-debug: { spacing: 0s } } }'
    expect(spacing(`baseUrl: https://cxone.example.test, ${own}`, '{ apis: { flow-debug: { spacing: 5s } } }')).to.equal(0)
  })

  it('lets the limits of a target win over those of the file, one by one', () => {
    const config = `target: t
limits: { requestsAtOnce: 6, jobsOpen: 50, apis: { flow-read: { atOnce: 2, perSecond: 9 } } }
targets: { t: { preset: emulator, flows: [f], limits: { requestsAtOnce: 3, apis: { flow-read: { atOnce: 1 } } } } }
`
    const resolution = resolve({ config })
    expect(resolution.settings?.target).to.deep.equal({ kind: 'emulator', name: 't', flows: ['f'] })
    expect(resolution.settings?.limits).to.deep.include({ requestsAtOnce: 3, jobsOpen: 50 })
    expect(resolution.settings?.limits.apis['flow-read']).to.deep.equal({ atOnce: 1, perSecond: 9 })
    expect(originOf(resolution, 'limits.apis.flow-read.atOnce')).to.equal('1 <- cxspec.config.yaml:3:105')
    expect(originOf(resolution, 'limits.apis.flow-read.perSecond')).to.equal('9 <- cxspec.config.yaml:2:87')
  })

  it('makes a target of CXSPEC_BASE_URL where neither a flag nor CXSPEC_TARGET chooses one', () => {
    const variables = { CXSPEC_BASE_URL: 'http://127.0.0.1:4010' }
    const resolution = resolve({ variables })
    expect(resolution.settings?.target).to.deep.include({ name: 'environment', tokenUrl: 'http://127.0.0.1:4010/oauth/token' })
    expect(originOf(resolution, 'target')).to.equal('environment <- environment CXSPEC_BASE_URL')
    const besideFile = resolve({ variables, config: 'target: emulator' })
    expect(besideFile.settings?.target.kind).to.equal('remote')
    expect(originOf(besideFile, 'targets.environment.tokenUrl')).to.equal('http://127.0.0.1:4010/oauth/token <- default')
    expect(resolve({ variables, flags: { target: ['emulator'] } }).settings?.target.kind).to.equal('emulator')
    expect(resolve({ variables: { ...variables, CXSPEC_TARGET: 'emulator' } }).settings?.target.kind).to.equal('emulator')
  })

  it('lets CXSPEC_BASE_URL and CXSPEC_TOKEN_URL win over the chosen target', () => {
    const variables = { CXSPEC_BASE_URL: 'http://127.0.0.1:4010', CXSPEC_TOKEN_URL: 'http://127.0.0.1:4011/t' }
    const target = remote({ variables, config: 'target: t\ntargets: { t: { preset: dx, organization: my-org } }' })
    expect(target).to.deep.include({ baseUrl: 'http://127.0.0.1:4010', tokenUrl: 'http://127.0.0.1:4011/t', clientAuthentication: 'form' })
  })

  it('never shows a credential', () => {
    const variables = { CXSPEC_CLIENT_ID: 'my-client', CXSPEC_CLIENT_SECRET: 'hush-hush' }
    const resolution = resolve({ variables, config: 'target: t\ntargets: { t: { preset: incontact } }' })
    expect(originOf(resolution, 'targets.t.clientSecret')).to.equal('(set, from environment CXSPEC_CLIENT_SECRET) <- default')
    expect(JSON.stringify(resolution)).to.not.include('hush-hush')
  })
})
