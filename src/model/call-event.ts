/**
 * What a call of a simulation can be doing, as call events tell it. `abandoned`: answered, but no agent came in time. The last three are
 * ends.
 */
export const CALL_STATES = ['ringing', 'in-progress', 'completed', 'abandoned', 'failed'] as const

export type CallState = (typeof CALL_STATES)[number]
