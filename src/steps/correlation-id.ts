import { createHash } from 'node:crypto'
import type { StepOrigin } from './step-kind.ts'

/**
 * The id under which everything that a step sends about one job can be found: a name-based UUID (version 5, RFC 9562) of the step within
 * its run, so that it is known before anything is sent, and the same however often that is.
 */
export function correlationIdOf({ runId, scenario, step, try: number }: StepOrigin): string {
  const hash = createHash('sha1')
    .update(Buffer.from(runId.replaceAll('-', ''), 'hex'))
    .update(`${number}.${step} ${scenario}`)
    .digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
