import type { StepSettings } from '../../src/steps/step-settings.ts'

/** What is configured about steps where a test does not care. */
export const stepSettings: StepSettings = {
  simulations: { maxConcurrency: 100, pollEveryMs: 2_000, callStates: {}, callEvents: false, reachesUs: true, webhookUrls: [] },
  executions: { callbackUrls: [] },
}
