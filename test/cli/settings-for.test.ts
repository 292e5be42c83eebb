import { expect } from 'chai'
import { CommandLine } from '../../src/cli/command-line.ts'
import { settingsFor } from '../../src/cli/settings-for.ts'
import type { World } from '../../src/cli/world.ts'
import { Secrets } from '../../src/config/secrets.ts'

describe('settingsFor', () => {
  it('lets no output show the credentials of a proxy, in whatever form', () => {
    const env = { CXSPEC_BASE_URL: 'https://cxone.example.test', HTTPS_PROXY: 'http://qa:pa%20ss5word@p.test' }
    const world: Pick<World, 'env' | 'cwd' | 'secrets'> = { env, cwd: '/', secrets: new Secrets() }
    settingsFor(new CommandLine([], {}), world as World)
    const basic = Buffer.from('qa:pa ss5word').toString('base64')
    expect(world.secrets.mask(`pa ss5word, http://qa:pa%20ss5word@p.test, Basic ${basic}`))
      .to.not.match(/ss5word|%20ss|cGEgc3M1d29yZA/)
      .and.not.include(basic)
  })
})
