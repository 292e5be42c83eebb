import { expect } from 'chai'
import { resolveSettings } from '../../src/config/resolve-settings.ts'
import { formatFault } from '../../src/model/format-fault.ts'
import { Folder } from '../support/folder.ts'

function resolve(yaml: string, variables: Record<string, string> = {}) {
  const folder = new Folder({ 'cxspec.config.yaml': yaml })
  try {
    return resolveSettings({ flags: {}, variables, cwd: folder.path })
  } finally {
    folder.remove()
  }
}

function notify(url: string): string {
  return `webhooks:\n  notifications:\n    - url: ${url}\n      secret: { env: NOTIFY_SECRET }\n`
}

describe('webhooks in the configuration', () => {
  it('are nothing but a receiver on this machine where nothing is said', () => {
    const { settings, effective } = resolve('{}')
    expect(settings?.webhooks).to.deep.equal({ receiver: { host: '127.0.0.1', port: 0 }, notifications: [] })
    expect(effective).to.deep.include({ name: 'webhooks.receiver.port', shown: '0', origin: { kind: 'default' } })
  })

  it('are resolved with all they say, and tell where each value comes from', () => {
    const { settings, effective } = resolve(
      [
        'webhooks:',
        '  receiver: { host: 0.0.0.0, port: 4011, publicUrl: "https://ci.example.test/hooks/", secret: { file: /run/secrets/hooks } }',
        '  notifications:',
        '    - { url: "https://chat.example.test/T0?token=x", secret: { env: NOTIFY_SECRET }, events: [run-finished] }',
      ].join('\n'),
      { NOTIFY_SECRET: 'whsec_x' },
    )
    expect(settings?.webhooks).to.deep.equal({
      receiver: { host: '0.0.0.0', port: 4011, publicUrl: 'https://ci.example.test/hooks', secret: { file: '/run/secrets/hooks' } },
      notifications: [{ url: 'https://chat.example.test/T0?token=x', secret: { env: 'NOTIFY_SECRET' }, events: ['run-finished'] }],
    })
    const shown = Object.fromEntries(effective.map(({ name, shown }) => [name, shown]))
    expect(shown['webhooks.notifications[0].url']).to.equal('https://chat.example.test/T0?…')
    expect(shown['webhooks.notifications[0].secret']).to.equal('(set, from environment NOTIFY_SECRET)')
    expect(JSON.stringify(shown)).not.to.include('whsec_x').and.not.to.include('token=x')
  })

  for (const [url, message] of [
    ['file:///etc/passwd', 'webhooks.notifications[0].url is no web address'],
    ['ftp://chat.example.test/', 'webhooks.notifications[0].url is no web address'],
    ['chat.example.test', 'webhooks.notifications[0].url is no web address'],
    ['https://user:pass@chat.example.test/', 'webhooks.notifications[0].url holds a user name or password'],
    ['https://chat.example.test/#x', 'webhooks.notifications[0].url has a fragment'],
    ['http://169.254.169.254/latest', 'webhooks.notifications[0].url leads to 169.254.169.254'],
    ['http://0251.0376.0251.0376/', 'webhooks.notifications[0].url leads to 169.254.169.254'],
    ['http://metadata.google.internal/', 'webhooks.notifications[0].url leads to metadata.google.internal'],
  ] as const) {
    it(`refuse ${url}, with its place`, () => {
      const { faults, settings } = resolve(notify(JSON.stringify(url)))
      expect(settings).to.equal(undefined)
      const text = faults.map(formatFault).join('\n')
      expect(text).to.include(`cxspec.config.yaml:3:12: ${message}`)
      expect(text).not.to.include('pass@')
    })
  }

  it('refuse a public address with a query', () => {
    const { faults } = resolve('webhooks: { receiver: { publicUrl: "https://ci.example.test/?a=b" } }')
    expect(faults.map(({ code }) => code)).to.deep.equal(['INVALID_URL'])
  })

  it('refuse addresses of scenarios that lead to a metadata service', () => {
    for (const setting of [
      'simulations: { webhookUrls: ["http://169.254.169.254/x"] }',
      'executions: { callbackUrls: ["http://169.254.169.254/x"] }',
    ]) {
      expect(resolve(setting).faults.map(({ code }) => code)).to.deep.equal(['METADATA_URL'])
    }
  })

  it('refuse a key that is written into the file, and do not show it', () => {
    const { faults } = resolve('webhooks: { receiver: { secret: whsec_c2VjcmV0c2VjcmV0c2VjcmV0 } }')
    const text = faults.map(formatFault).join('\n')
    expect(text).to.include('secret is written into the file').and.not.to.include('c2VjcmV0')
  })

  it('refuse a notification without a key, and an event that there is not', () => {
    const { faults } = resolve('webhooks: { notifications: [{ url: "https://a.example.test", events: [run-ended] }] }')
    expect(faults.map(({ code }) => code)).to.have.length(2)
  })
})
