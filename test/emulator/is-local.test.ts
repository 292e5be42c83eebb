import { expect } from 'chai'
import { isLocal, isLoopback } from '../../src/emulator/is-local.ts'

function asks(remoteAddress: string | undefined, host: string): boolean {
  return isLocal({ method: 'GET', url: '/emulator', headers: { host }, remoteAddress })
}

describe('isLoopback', () => {
  it('knows the addresses that only this machine has', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) expect(isLoopback(address), address).to.equal(true)
    for (const address of ['', '10.0.0.1', '128.0.0.1', '::', 'fe80::1', '127.0.0.1.example', '::ffff:10.0.0.1']) {
      expect(isLoopback(address), address).to.equal(false)
    }
  })
})

describe('isLocal', () => {
  it('trusts this process, and this machine under a name of its own', () => {
    expect(asks(undefined, 'emulator.internal')).to.equal(true)
    for (const host of ['localhost:4010', '127.0.0.1', '[::1]:4010']) expect(asks('127.0.0.1', host), host).to.equal(true)
  })

  it('trusts neither another machine nor a foreign name that leads here', () => {
    expect(asks('10.0.0.1', 'localhost')).to.equal(false)
    for (const host of ['', 'attacker.example', 'localhost.attacker.example', '10.0.0.1'])
      expect(asks('127.0.0.1', host), host).to.equal(false)
  })
})
