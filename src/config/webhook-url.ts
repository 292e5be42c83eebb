import type { Fault } from '../model/fault.ts'
import { isMetadataAddress } from '../model/metadata-address.ts'

/**
 * What is wrong with a URL that webhooks go to, or nothing. It has to be absolute, http or https, without credentials and fragment, and
 * must not lead to the metadata service of a cloud. Its query is never shown: many receivers keep a secret there.
 */
export function faultOfWebhookUrl(field: string, text: string): Omit<Fault, 'place'> | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return {
      code: 'INVALID_URL',
      message: `${field} is no web address`,
      expected: 'an address such as https://hooks.example.test/cxspec',
    }
  }
  if (url.username !== '' || url.password !== '') {
    return {
      code: 'CREDENTIALS_IN_URL',
      message: `${field} holds a user name or password, which would end up in reports`,
      advice: 'let the receiver check the signature instead',
    }
  }
  if (url.hash !== '')
    return { code: 'INVALID_URL', message: `${field} has a fragment, which is never sent`, expected: 'an address without #' }
  if (!isMetadataAddress(url.hostname)) return undefined
  return {
    code: 'METADATA_URL',
    message: `${field} leads to ${url.hostname}, where clouds keep the credentials of a machine`,
    expected: 'the address of a receiver of webhooks',
  }
}
