/** An API of the platform: a kind of request with limits, faults and a count of its own. */
interface ApiEntry {
  readonly name: string
  /** What its limits limit, as an editor explains them; absent where the platform counts it with another API. */
  readonly limited?: string
}

/** Every API. The schemas of the configuration and of the emulator's faults get their lists from here. */
export const APIS = [
  { name: 'flow-debug', limited: 'debug calls' },
  { name: 'flow-read', limited: 'reading of flows' },
  { name: 'flow-compile', limited: 'starts of compilations' },
  { name: 'flow-compile-status', limited: 'checks on compilations' },
  { name: 'dialer-simulations', limited: 'starting simulations' },
  { name: 'dialer-simulation-status', limited: 'checks on simulations' },
  { name: 'dialer-simulation-find', limited: 'looking simulations up by tag' },
  { name: 'dialer-simulation-cancel', limited: 'cancelling simulations' },
  { name: 'dialer-metrics', limited: 'handing in metrics' },
  { name: 'data-actions', limited: 'starts of data actions, and of looks at them' },
  { name: 'data-action-status' },
  { name: 'agents', limited: 'reading of agents' },
  { name: 'agent-skills', limited: 'reading of pages of skills' },
  { name: 'agent-schedules', limited: 'reading of schedules' },
  { name: 'agent-workmodes', limited: 'changes of work modes' },
  { name: 'events', limited: 'events that are published' },
] as const satisfies readonly ApiEntry[]

/** The name of an API of the platform, as limits, faults, journals and the emulator's history show it. */
export type ApiName = (typeof APIS)[number]['name']
