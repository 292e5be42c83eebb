import type { Check } from './check.ts'
import { checkBranches } from './checks/branches.ts'
import { checkEntries } from './checks/entries.ts'
import { checkHours } from './checks/hours.ts'
import { checkNames } from './checks/names.ts'
import { checkReachability } from './checks/reachability.ts'
import { checkSpecs } from './checks/specs.ts'
import { checkTargets } from './checks/targets.ts'

/** Everything that a flow is judged by on its own. */
export const checks: readonly Check[] = [checkEntries, checkHours, checkSpecs, checkBranches, checkTargets, checkNames, checkReachability]
