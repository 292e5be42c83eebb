import { expect } from 'chai'
import { faultOfUrl } from '../../src/config/base-url.ts'

describe('faultOfUrl', () => {
  for (const url of [
    'https://cxone.example.test',
    'https://cxone.example.test:8443/base',
    'http://127.0.0.1:4010',
    'http://127.9.9.9',
    'http://localhost:4010',
    'http://cxone.localhost',
    'http://[::1]:4010',
    'http://emulator.internal',
  ]) {
    it(`has nothing against ${url}`, () => expect(faultOfUrl('baseUrl', url)).to.equal(undefined))
  }

  for (const [url, code] of [
    ['http://cxone.example.test', 'INSECURE_URL'],
    ['http://127.0.0.1.example.test', 'INSECURE_URL'],
    ['http://localhost.example.test', 'INSECURE_URL'],
    ['http://10.0.0.1', 'INSECURE_URL'],
    ['http://[::2]', 'INSECURE_URL'],
    ['http://169.254.169.254/latest', 'INSECURE_URL'],
    ['https://user:password@cxone.example.test', 'CREDENTIALS_IN_URL'],
    ['https://token@cxone.example.test', 'CREDENTIALS_IN_URL'],
    ['https://cxone.example.test/?x=1', 'INVALID_URL'],
    ['https://cxone.example.test/#x', 'INVALID_URL'],
    ['ftp://cxone.example.test', 'INVALID_URL'],
    ['file:///etc/passwd', 'INVALID_URL'],
    ['cxone.example.test', 'INVALID_URL'],
    ['', 'INVALID_URL'],
  ] as const) {
    it(`refuses ${JSON.stringify(url)} as ${code}`, () => {
      const fault = faultOfUrl('baseUrl', url)
      expect(fault?.code).to.equal(code)
      expect(JSON.stringify(fault)).to.not.match(/password@|token@/)
    })
  }

  it('says why plain http is refused', () => {
    expect(faultOfUrl('baseUrl', 'http://cxone.example.test')?.message).to.equal(
      'baseUrl is not https, so anyone on the way could read the token and use it: http://cxone.example.test/',
    )
  })
})
