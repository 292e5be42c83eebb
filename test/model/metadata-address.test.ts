import { expect } from 'chai'
import { isMetadataAddress } from '../../src/model/metadata-address.ts'

describe('isMetadataAddress', () => {
  for (const host of [
    '169.254.169.254',
    '169.254.170.2',
    '::ffff:169.254.169.254',
    '[::ffff:a9fe:a9fe]',
    '[fe80::1]',
    'fd00:ec2::254',
    '100.100.100.200',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
  ]) {
    it(`knows ${host}`, () => expect(isMetadataAddress(host)).to.equal(true))
  }

  for (const host of ['127.0.0.1', '::1', '10.0.0.1', '169.253.0.1', 'hooks.example.test', 'metadata.example.test', '', '[fd00::1]']) {
    it(`takes ${JSON.stringify(host)} for another`, () => expect(isMetadataAddress(host)).to.equal(false))
  }
})
