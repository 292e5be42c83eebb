import { validateTenant } from '../../schema/generated/emulator.ts'
import type { Validator } from '../../schema/validator.ts'
import type { Action } from '../actions/action.ts'
import type { Agent } from '../agents/agent.ts'
import type { CallState } from '../dialer/simulate-calls.ts'

/**
 * What a tenant has beside its flows, as its schema proves it (`schemas/tenant.schema.json`).
 *
 * ```yaml
 * dialer: { abandonShare: 0.02 }
 * actions:
 *   balance-lookup:
 *     inputs: { required: [customerId], properties: { customerId: { type: string } } }
 *     result: { customerId: "{customerId}", balance: 120.5 }
 * ```
 */
export interface TenantFile {
  readonly actions?: Readonly<Record<string, Action>>
  readonly agents?: Readonly<Record<string, Agent>>
  readonly skillsPerPage?: number
  readonly dialer?: DialerSection
  readonly webhooks?: { readonly allowedOrigins?: readonly string[] }
}

export interface DialerSection {
  readonly activeLimit?: number
  readonly maxConcurrency?: number
  readonly speed?: number
  readonly queued?: string
  readonly abandonShare?: number
  readonly failShare?: number
  readonly callEvents?: readonly CallState[]
  readonly canCancel?: boolean
  readonly foreign?: { readonly count: number; readonly for?: string }
}

/** Whether a value is a tenant file; leaves what is wrong in `errors`. */
export const isTenantFile: Validator<TenantFile> = validateTenant
