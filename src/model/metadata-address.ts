import { BlockList, isIP } from 'node:net'

/** Where clouds tell a machine its own credentials, link-local addresses included: nothing is ever sent there. */
const METADATA = new BlockList()
METADATA.addSubnet('169.254.0.0', 16, 'ipv4')
METADATA.addAddress('100.100.100.200', 'ipv4')
METADATA.addAddress('192.0.0.192', 'ipv4')
METADATA.addSubnet('fe80::', 10, 'ipv6')
METADATA.addAddress('fd00:ec2::254', 'ipv6')
METADATA.addAddress('fd20:ce::254', 'ipv6')

const NAMES: readonly string[] = ['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data', 'instance-data.ec2.internal']

/** Whether an IP address, or the host of a URL, is that of a cloud's metadata service. Names are known only where they are customary. */
export function isMetadataAddress(host: string): boolean {
  const bare = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()
  const family = isIP(bare)
  if (family === 0) return NAMES.includes(bare)
  return METADATA.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}
