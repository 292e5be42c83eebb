import type { Evidence } from '../../src/model/evidence.ts'

/** Evidence with every field. */
export const everyField: Required<Evidence> = {
  claim: 'outcomes as injected',
  verdict: 'inconclusive',
  method: 'monte-carlo-multinomial',
  n: 40,
  observed: { busy: 3, answered: 37 },
  expected: { busy: 0.05, answered: 0.95 },
  interval: { low: 0.02, high: 0.2, confidence: 0.95 },
  statistic: 0.53,
  degreesOfFreedom: 1,
  p: 0.44,
  alpha: 0.001,
  samples: 227,
  callsNeeded: 71,
  remark: 'the outcome of 2 more calls is not known',
  classes: [
    {
      name: 'busy',
      count: 3,
      share: 0.075,
      interval: { low: 0.025, high: 0.199, confidence: 0.95 },
      expectedCount: 2,
      expectedShare: 0.05,
    },
  ],
  at: ['outcomes', 'matchInjection'],
}
