/** Every scope that the API knows, also of resources that the emulator does not serve: clients ask for what they use elsewhere too. */
export const ALL_SCOPES: readonly string[] = [
  'flow:debug',
  'flow:read',
  'flow:write',
  'dialer:campaigns:write',
  'dialer:simulations:write',
  'dialer:simulations:read',
  'dialer:metrics:read',
  'dx:actions:execute',
  'dx:actions:read',
  'agent:read',
  'agent:write',
  'skill:read',
  'wfm:read',
  'events:publish',
]
