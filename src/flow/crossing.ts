/** How traces name what leads from flow to flow: no flow has a branch for it. */
export const CROSSING = { call: 'call', return: 'return', transfer: 'transfer' } as const
