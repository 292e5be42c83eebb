import type { TimeoutName } from './config-file.ts'
import { DEFAULTS } from './defaults.ts'
import { duration, type Option, text, toggle, wholeNumber } from './option.ts'

/** Limits of time that 0 switches off. */
const UNLIMITED_AT_ZERO: readonly TimeoutName[] = ['step', 'simulation', 'scenario', 'run']

/** The options that a flag, the environment, the file and a default may set. Lists, targets and limits are resolved on their own. */
export const options = {
  target: text({ name: 'target', flag: 'target', variable: 'CXSPEC_TARGET', inFile: (file) => file.target, fallback: DEFAULTS.target }),
  output: text({ name: 'output', flag: 'output', variable: 'CXSPEC_OUTPUT', inFile: (file) => file.output, fallback: DEFAULTS.output }),
  retries: wholeNumber(
    { name: 'retries', flag: 'retries', variable: 'CXSPEC_RETRIES', inFile: (file) => file.retries, fallback: DEFAULTS.retries },
    0,
    100,
  ),
  strict: toggle({ name: 'strict', flag: 'strict', variable: 'CXSPEC_STRICT', inFile: (file) => file.strict, fallback: DEFAULTS.strict }),
  failOnFlaky: toggle({
    name: 'failOnFlaky',
    flag: 'fail-on-flaky',
    variable: 'CXSPEC_FAIL_ON_FLAKY',
    inFile: (file) => file.failOnFlaky,
    fallback: DEFAULTS.failOnFlaky,
  }),
  quarantine: text({ name: 'quarantine', inFile: (file) => file.quarantine, fallback: DEFAULTS.quarantine }),
  timeouts: {
    connect: timeout('connect'),
    headers: timeout('headers'),
    body: timeout('body'),
    call: timeout('call'),
    step: timeout('step'),
    simulation: timeout('simulation'),
    scenario: timeout('scenario'),
    run: timeout('run'),
  },
}

function timeout(name: TimeoutName): Option<number> {
  const option = duration({
    name: `timeouts.${name}`,
    ...(name === 'scenario' ? { flag: 'timeout', variable: 'CXSPEC_TIMEOUT' } : {}),
    inFile: (file) => file.timeouts?.[name],
    fallback: DEFAULTS.timeouts[`${name}Ms`],
  })
  return UNLIMITED_AT_ZERO.includes(name) ? { ...option, show: (ms) => (ms === 0 ? 'none' : option.show(ms)) } : option
}
