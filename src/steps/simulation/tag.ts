import { createHash } from 'node:crypto'
import type { StepOrigin } from '../step-kind.ts'

/** So much of a scenario's name makes a tag readable. */
const NAME_LENGTH = 60

/**
 * The mark of a simulation, unique over all runs: `cxspec/RUN/SCENARIO/STEP/TRY`, behind the author's own tag if there is one. The
 * scenario stands there in plain letters and with a part of its hash, since names may be long and may hold anything.
 */
export function tagOf({ runId, scenario, step, try: attempt }: StepOrigin, own: string | undefined): string {
  const name = scenario
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(-NAME_LENGTH)
    .replace(/^-+|-+$/g, '')
  const hash = createHash('sha256').update(scenario).digest('hex').slice(0, 8)
  const mark = ['cxspec', runId, `${name}-${hash}`, step, attempt].join('/')
  return own === undefined ? mark : `${own} ${mark}`
}
