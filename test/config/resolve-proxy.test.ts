import { expect } from 'chai'
import { resolveSettings } from '../../src/config/resolve-settings.ts'
import { Folder } from '../support/folder.ts'

const TENANT = { CXSPEC_BASE_URL: 'https://cxone.example.test' }

function resolve(variables: Readonly<Record<string, string>>, target: Readonly<Record<string, string>> = TENANT) {
  const folder = new Folder({})
  const { settings, faults, effective } = resolveSettings({ flags: {}, variables: { ...target, ...variables }, cwd: folder.path })
  folder.remove()
  return { proxy: settings?.proxy, faults, shown: Object.fromEntries(effective.map(({ name, shown }) => [name, shown])) }
}

describe('resolveProxy', () => {
  it('finds none where the environment names none, or an empty one', () => {
    expect(resolve({}).proxy).to.equal(undefined)
    expect(resolve({ HTTPS_PROXY: '', http_proxy: '' }).proxy).to.equal(undefined)
  })

  it('takes both proxies and the exceptions, small letters first, and an address without a scheme as HTTP', () => {
    const variables = {
      https_proxy: 'proxy.test:3128',
      HTTPS_PROXY: 'http://other.test',
      HTTP_PROXY: 'https://plain.test',
      NO_PROXY: 'a.test b.test:8443',
    }
    expect(resolve(variables).proxy).to.deep.equal({
      http: 'https://plain.test/',
      https: 'http://proxy.test:3128/',
      except: ['a.test', 'b.test:8443', 'localhost', '127.0.0.1', '[::1]'],
    })
  })

  it('asks this machine directly, by whatever address, unless it is asked for', () => {
    const local = { CXSPEC_BASE_URL: 'http://127.0.0.9:4010' }
    expect(resolve({ HTTP_PROXY: 'http://p.test' }, local).proxy?.except).to.include('127.0.0.9')
    expect(resolve({ HTTP_PROXY: 'http://p.test', CXSPEC_PROXY_LOOPBACK: 'true' }, local).proxy?.except).to.deep.equal([])
  })

  it('finds none where NO_PROXY is everything, and for the emulator in memory', () => {
    expect(resolve({ HTTPS_PROXY: 'http://p.test', NO_PROXY: '*' }).proxy).to.equal(undefined)
    expect(resolve({ HTTPS_PROXY: 'ftp://p.test' }, {})).to.deep.include({ proxy: undefined, faults: [] })
  })

  it('shows addresses without their credentials', () => {
    const { shown, proxy } = resolve({ HTTPS_PROXY: 'http://qa:pa%20ss@proxy.test:3128' })
    expect(shown).to.include({ 'proxy.https': 'http://***@proxy.test:3128/', 'proxy.except': 'localhost, 127.0.0.1, [::1]' })
    expect(proxy?.https).to.include('pa%20ss')
  })

  for (const wrong of [
    'socks5://qa:pa55word@p.test',
    'http://',
    'http://qa:pa55word%@p.test',
    'ht tp://qa:pa55word@p.test',
    'qa:pa55word@',
  ]) {
    it(`refuses ${wrong}, without its password`, () => {
      const [fault] = resolve({ HTTPS_PROXY: wrong }).faults
      expect(fault).to.include({ code: 'INVALID_URL' })
      expect(fault?.message).to.include('HTTPS_PROXY').and.not.include('pa55word')
    })
  }
})
