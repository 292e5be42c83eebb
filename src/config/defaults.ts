import type {
  ApiLimit,
  Executions,
  Limits,
  NotificationEvent,
  ReceiverSettings,
  ReporterSettings,
  Simulations,
  Timeouts,
} from './settings.ts'

/** The only place of defaults. */
export const DEFAULTS = {
  configFiles: ['cxspec.config.yaml', 'cxspec.config.yml', 'cxspec.config.json'],
  target: 'emulator',
  clientId: { env: 'CXSPEC_CLIENT_ID' },
  clientSecret: { env: 'CXSPEC_CLIENT_SECRET' },
  tokenUrl: '/oauth/token',
  clientAuthentication: 'basic',
  grantIn: 'body',
  scope: [
    'flow:debug flow:read flow:write',
    'dialer:campaigns:write dialer:simulations:write dialer:simulations:read dialer:metrics:read',
    'dx:actions:execute dx:actions:read',
    'agent:read agent:write skill:read wfm:read events:publish',
  ].join(' '),
  scenarios: ['scenarios'],
  flows: ['scenarios'],
  limits: { requestsAtOnce: 8, jobsOpen: 200, answerBytes: 10_000_000 },
  executions: { callbackUrls: [] },
  receiver: { host: '127.0.0.1', port: 0 },
  notificationEvents: ['compile-changed', 'run-started', 'run-finished'],
  simulations: { active: 5, maxConcurrency: 100, pollEveryMs: 2_000, callEvents: false, callStates: {}, webhookUrls: [] },
  timeouts: {
    connectMs: 10_000,
    headersMs: 30_000,
    bodyMs: 30_000,
    callMs: 60_000,
    stepMs: 120_000,
    simulationMs: 300_000,
    scenarioMs: 300_000,
    runMs: 0,
  },
  retries: 0,
  strict: false,
  failOnFlaky: false,
  quarantine: 'quarantine.yaml',
  reporters: [
    { name: 'screen', options: {} },
    { name: 'junit', options: {} },
    { name: 'json', options: {} },
  ],
  output: 'reports',
} as const satisfies {
  readonly limits: Omit<Limits, 'apis'>
  readonly simulations: Omit<Simulations, 'reachesUs'>
  readonly executions: Executions
  readonly receiver: ReceiverSettings
  readonly notificationEvents: readonly NotificationEvent[]
  readonly timeouts: Timeouts
  readonly reporters: readonly ReporterSettings[]
  readonly [name: string]: unknown
}

/** What a tenant of CXone allows wherever it runs, the emulator included. */
const EVERYWHERE = {
  'flow-compile-status': { atOnce: 3 },
  'data-actions': { perSecond: 100 },
  'agent-workmodes': { perSecond: 5 },
} as const

/** Limits that a tenant of CXone enforces; on this machine (the emulator, in memory or on a loopback port) debug calls need no space. */
export const DEFAULT_API_LIMITS: Readonly<Record<'local' | 'tenant', Readonly<Record<string, ApiLimit>>>> = {
  local: EVERYWHERE,
  tenant: { ...EVERYWHERE, 'flow-debug': { spacingMs: 2_000 } },
}
