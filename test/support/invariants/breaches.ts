import { fewActive, intentComesFirst, nothingIsActive, oneJobForAnIntent } from './job-rules.ts'
import type { Invariant, RunTraces } from './run-traces.ts'
import { junitIsTrue, zeroIsGreen } from './verdict-rules.ts'

const MOST_ATTEMPTS = 10

/** A request is sent 10 times at most, and what is sent again in vain stays within 10 and a tenth of all requests. */
const fewRepetitions: Invariant = ({ events }) => {
  const ends = events.filter((event) => event.type === 'request-answered' || event.type === 'request-failed')
  const tooOften = ends.filter(({ attempts }) => attempts > MOST_ATTEMPTS)
  const vain = ends.reduce((sum, end) => sum + (end.type === 'request-failed' ? Math.max(0, end.attempts - 1) : 0), 0)
  return [
    ...tooOften.map(({ scenario, attempts }) => `a request of "${scenario}" was sent ${attempts} times`),
    ...(vain > 10 + ends.length / 10 ? [`${vain} repetitions came to nothing, of ${ends.length} requests`] : []),
  ]
}

const noSecret: Invariant = ({ written, secrets }) => {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ])
  return written.flatMap((text, index) => (forms.some((form) => text.includes(form)) ? [`text ${index} shows one`] : []))
}

/** What must hold after any run, whatever went wrong in it. */
const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'no more simulations of ours are active than may be': fewActive,
  'one job for an intent': oneJobForAnIntent,
  'an intent is written before its job is started': intentComesFirst,
  'after a clean end no job of ours is active': nothingIsActive,
  'JUnit says what the history shows': junitIsTrue,
  'exit code 0 means that every selected scenario passed': zeroIsGreen,
  'repeated requests stay within their budget': fewRepetitions,
  'no secret stands in anything that was written': noSecret,
}

/** Every breach of an invariant, as `RULE: what was seen`; none where all of them hold. */
export function breaches(traces: RunTraces): string[] {
  return Object.entries(INVARIANTS).flatMap(([rule, check]) => check(traces).map((seen) => `${rule}: ${seen}`))
}
