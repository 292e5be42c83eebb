import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { describeCredential, readCredential, readCredentials } from '../../src/config/credentials.ts'
import { loadEnvironment } from '../../src/config/environment.ts'
import type { CredentialSource, RemoteTargetSettings } from '../../src/config/settings.ts'

const SECRET: CredentialSource = { env: 'CXSPEC_CLIENT_SECRET' }

describe('readCredential', () => {
  let cwd = ''
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'cxspec-credentials-'))
    writeFileSync(join(cwd, 'secret'), 'from-a-file\n')
    writeFileSync(join(cwd, 'secret-windows'), 'from-a-file\r\n')
    writeFileSync(join(cwd, 'empty'), '\n')
    writeFileSync(join(cwd, 'huge'), 'x'.repeat(70_000))
    mkdirSync(join(cwd, 'folder'))
  })
  after(() => rmSync(cwd, { recursive: true }))

  const read = (source: CredentialSource, variables: Record<string, string> = {}) =>
    readCredential(source, 'the client secret', { environment: loadEnvironment(variables, [], cwd).environment, cwd })

  const good: readonly [string, CredentialSource, Record<string, string>, string][] = [
    ['a variable', SECRET, { CXSPEC_CLIENT_SECRET: 'plain' }, 'plain'],
    ['a variable with a line end', SECRET, { CXSPEC_CLIENT_SECRET: 'plain\n' }, 'plain'],
    ['the file that NAME_FILE names', SECRET, { CXSPEC_CLIENT_SECRET_FILE: 'secret' }, 'from-a-file'],
    ['a file', { file: 'secret' }, {}, 'from-a-file'],
    ['a file with a line end of Windows', { file: 'secret-windows' }, {}, 'from-a-file'],
    ['a value with spaces inside and around', SECRET, { CXSPEC_CLIENT_SECRET: ' a b ' }, ' a b '],
  ]
  for (const [name, source, variables, value] of good) {
    it(`reads ${name}`, () => expect(read(source, variables)).to.deep.equal({ value }))
  }

  const bad: readonly [string, CredentialSource, Record<string, string>, string, RegExp][] = [
    ['nothing set', SECRET, {}, 'CREDENTIAL_MISSING', /is not set/],
    [
      'NAME and NAME_FILE both set',
      SECRET,
      { CXSPEC_CLIENT_SECRET: 'a', CXSPEC_CLIENT_SECRET_FILE: 'secret' },
      'CREDENTIAL_AMBIGUOUS',
      /set twice/,
    ],
    ['an empty variable', SECRET, { CXSPEC_CLIENT_SECRET: '' }, 'CREDENTIAL_EMPTY', /variable CXSPEC_CLIENT_SECRET/],
    ['a variable with only a line end', SECRET, { CXSPEC_CLIENT_SECRET: '\n' }, 'CREDENTIAL_EMPTY', /empty/],
    ['an empty file', { file: 'empty' }, {}, 'CREDENTIAL_EMPTY', /the file empty/],
    ['a file that is not there', { file: 'nowhere' }, {}, 'CREDENTIAL_UNREADABLE', /ENOENT/],
    ['NAME_FILE with a file that is not there', SECRET, { CXSPEC_CLIENT_SECRET_FILE: 'nowhere' }, 'CREDENTIAL_UNREADABLE', /nowhere/],
    ['an empty NAME_FILE', SECRET, { CXSPEC_CLIENT_SECRET_FILE: '' }, 'CREDENTIAL_UNREADABLE', /not a file/],
    ['a folder', { file: 'folder' }, {}, 'CREDENTIAL_UNREADABLE', /not a file/],
    ['a file that is no credential', { file: 'huge' }, {}, 'CREDENTIAL_UNREADABLE', /larger than/],
  ]
  for (const [name, source, variables, code, message] of bad) {
    it(`refuses ${name}`, () => {
      const { faults } = read(source, variables)
      expect(faults?.map((fault) => fault.code)).to.deep.equal([code])
      expect(faults?.[0]?.message).to.match(message)
    })
  }
})

describe('readCredentials', () => {
  const target: RemoteTargetSettings = {
    kind: 'remote',
    name: 'staging',
    baseUrl: 'https://cxone.example.test',
    tokenUrl: 'https://cxone.example.test/oauth/token',
    clientAuthentication: 'basic',
    grantIn: 'body',
    credentials: { clientId: { env: 'ID' }, clientSecret: { env: 'SECRET' } },
  }
  const read = (variables: Record<string, string>) =>
    readCredentials(target, { environment: loadEnvironment(variables, [], '/').environment, cwd: '/' })

  it('puts the credentials in the place of their sources', () => {
    const { value } = read({ ID: 'id', SECRET: 'secret' })
    expect(value).to.include({ name: 'staging', clientId: 'id', clientSecret: 'secret' })
    expect(value).to.not.have.property('credentials')
  })

  it('tells every fault at once', () => {
    expect(read({}).faults?.map(({ message }) => message)).to.deep.equal([
      'the client id of target staging is not set',
      'the client secret of target staging is not set',
    ])
  })

  it('refuses a secret that could not be masked, without showing it', () => {
    const { faults } = read({ ID: 'id', SECRET: 'qzx' })
    expect(faults?.[0]?.code).to.equal('CREDENTIAL_TOO_SHORT')
    expect(JSON.stringify(faults)).to.not.include('qzx')
  })
})

describe('describeCredential', () => {
  const described = (source: CredentialSource, variables: Record<string, string>) =>
    describeCredential(source, loadEnvironment(variables, [], '/').environment)

  it('says where a credential comes from and never what it is', () => {
    expect(described(SECRET, { CXSPEC_CLIENT_SECRET: 'hush' })).to.equal('(set, from environment CXSPEC_CLIENT_SECRET)')
    expect(described(SECRET, { CXSPEC_CLIENT_SECRET_FILE: 'x' })).to.equal(
      '(set, from the file named by environment CXSPEC_CLIENT_SECRET_FILE)',
    )
    expect(described(SECRET, {})).to.equal('(not set: environment CXSPEC_CLIENT_SECRET or CXSPEC_CLIENT_SECRET_FILE)')
    expect(described({ file: '/run/secrets/x' }, {})).to.equal('(from file /run/secrets/x)')
  })
})
