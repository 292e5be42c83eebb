import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import { carried, show } from './show.ts'

/** What an expectation says of an argument that it cannot read. The schema has refused such a thing before, unless a placeholder brought it. */
export function malformed(wanted: string, got: Json): Finding {
  return { code: 'EXPECTATION_INVALID', message: `expected ${wanted} here, got ${show(got)}`, actual: carried(got) }
}
