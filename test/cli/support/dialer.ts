/** A scenario file with one simulation; `lines` are further lines of its scenario. */
export function dialerSuite(lines: readonly string[] = [], maxCalls = 20): string {
  return [
    'suite: Dialer',
    'scenarios:',
    '  - name: calls',
    '    simulate:',
    '      campaignId: a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    '      virtualAgentMatrix: { flowId: va-flow }',
    '      outcomeInjection: { enabled: true, answerProbability: 1 }',
    '      concurrencyLimit: 5',
    `      maxCalls: ${maxCalls}`,
    '      complianceBypass: true',
    ...lines,
    '',
  ].join('\n')
}
