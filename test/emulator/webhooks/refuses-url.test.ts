import { expect } from 'chai'
import { refusesUrl } from '../../../src/emulator/webhooks/refuses-url.ts'

const ALLOWED = ['https://hooks.example.test']

describe('refusesUrl', () => {
  for (const url of [
    'http://127.0.0.1:8080/hook',
    'http://127.9.9.9/',
    'https://localhost/x',
    'http://[::1]:9/',
    'https://hooks.example.test/a?b',
  ]) {
    it(`lets ${url} through`, () => {
      expect(refusesUrl(url, ALLOWED)).to.equal(undefined)
    })
  }

  const refused = [
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://localhost.example.test/',
    'https://hooks.example.test.evil.example/',
    'http://hooks.example.test/',
    'https://hooks.example.test:8443/',
    'https://user@hooks.example.test/',
    'http://127.0.0.1@evil.example/',
    'file:///etc/hosts',
    'javascript:alert(1)',
    'hooks.example.test',
    '',
  ]
  for (const url of refused) {
    it(`refuses ${JSON.stringify(url)}, and says why`, () => {
      expect(refusesUrl(url, ALLOWED)).to.be.a('string').and.not.equal('')
    })
  }

  it('sees an address of this machine in every dress', () => {
    expect(refusesUrl('http://2130706433/', [])).to.equal(undefined)
    expect(refusesUrl('http://0x7f.1/', [])).to.equal(undefined)
  })
})
