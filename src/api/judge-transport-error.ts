import type { Problem, ProblemCode } from '../model/problem.ts'
import type { Call } from './call.ts'
import type { Strain } from './circuit-breaker.ts'
import { type Bench, replyDetails } from './judge-reply.ts'
import type { TransportError, TransportFault } from './transport-error.ts'
import { adviceOnUnknown, unknownEffect } from './unknown-effect.ts'
import type { Failure } from './verdict.ts'

interface Meaning {
  readonly code: ProblemCode
  readonly strain: Strain
  readonly transient: boolean
  readonly advice?: string
  readonly blocks?: 'target'
}

const CUT = 'try again; where it stays so, something between here and the target may be cutting connections'
const MEANINGS: Readonly<Record<TransportFault, Meaning>> = {
  unreachable: { code: 'TARGET_UNREACHABLE', strain: 'full', transient: true, advice: 'check the address of the target and the network' },
  untrusted: {
    code: 'TARGET_UNREACHABLE',
    strain: 'full',
    transient: false,
    blocks: 'target',
    advice: 'where the certificate comes from your own authority, name its file in NODE_EXTRA_CA_CERTS',
  },
  broken: { code: 'TARGET_UNREACHABLE', strain: 'full', transient: true, advice: CUT },
  'cut-off': { code: 'PROTOCOL_ERROR', strain: 'full', transient: true, advice: CUT },
  timeout: { code: 'TIMEOUT', strain: 'full', transient: true, advice: 'raise the time-outs if the target is known to be that slow' },
  'too-large': {
    code: 'ANSWER_TOO_LARGE',
    strain: 'none',
    transient: false,
    advice: 'raise the limit of bytes if such answers are expected',
  },
  unreadable: { code: 'PROTOCOL_ERROR', strain: 'none', transient: false, advice: 'check that the target is a CXone API' },
}

/** Judges an exchange without a whole answer. A request that may have started a job is not repeated once the target may have seen it. */
export function judgeTransportError(call: Call, error: TransportError, bench: Bench): Failure {
  const meaning = MEANINGS[error.fault]
  const unknown = call.isOnce && error.sent
  return {
    kind: 'failed',
    problem: unknown ? unknownOutcome(call, error, bench) : problemOf(call, error, meaning, bench),
    reason: error.message,
    repeatable: meaning.transient && !unknown,
    strain: meaning.strain,
  }
}

function problemOf(call: Call, error: TransportError, { code, advice, blocks }: Meaning, bench: Bench): Problem {
  const answered = error.partial ? `${call.label} was answered ${error.partial.status}, but ` : `${call.label}: `
  return {
    code,
    message: answered + error.message,
    ...(advice !== undefined && { advice }),
    ...(blocks && { blocks }),
    details: detailsOf(call, error, bench),
  }
}

function unknownOutcome(call: Call, error: TransportError, bench: Bench): Problem {
  return {
    code: 'UNKNOWN_OUTCOME',
    message: `${call.label} was sent, but ${error.message}: ${unknownEffect(call)}`,
    advice: adviceOnUnknown(call),
    details: detailsOf(call, error, bench),
  }
}

function detailsOf(call: Call, { partial }: TransportError, bench: Bench): NonNullable<Problem['details']> {
  if (partial) return replyDetails(call, partial, bench)
  return { method: call.request.method, path: call.request.path, correlationId: call.correlationId }
}
