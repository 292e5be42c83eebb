import type { Actions } from '../../src/emulator/actions/action.ts'

/** Data actions of every sort that the emulator has to tell apart. */
export const TEST_ACTIONS: Actions = new Map([
  [
    'balance-lookup',
    {
      inputs: {
        required: ['customerId'],
        properties: { customerId: { type: 'string', minLength: 3 }, depth: { type: 'integer' }, options: { type: 'object' } },
      },
      delay: '30ms',
      result: {
        customer: { id: '{customerId}', label: 'customer {customerId}, {{depth}' },
        depth: '{depth}',
        entries: [1, '{options.kind}'],
      },
      cases: [
        { inputs: { customerId: 'CUST-0' }, error: { code: 'CUSTOMER_NOT_FOUND', message: 'there is no customer {customerId}' } },
        { inputs: { customerId: 'CUST-SLOW' }, delay: '80ms', result: { slow: true } },
      ],
    },
  ],
  ['anything', { delay: '0ms' }],
  ['flaky', { delay: '0ms', failureRate: 0.5 }],
])
