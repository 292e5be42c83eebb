import type { Fault } from '../../model/fault.ts'
import type { Place } from '../../model/place.ts'
import type { Action } from '../actions/action.ts'
import type { Agent } from '../agents/agent.ts'
import type { EmulatorOptions } from '../options.ts'
import { toDialerOptions } from './dialer-section.ts'
import type { TenantFile } from './tenant-file.ts'

/** A tenant file that was read. */
export interface ReadTenant {
  readonly file: string
  readonly tenant: TenantFile
  /** Where the key of an entry stands. */
  readonly placeOf: (section: string, id?: string) => Place
}

/** What tenant files come to. */
export interface GatheredTenants {
  readonly options: Pick<EmulatorOptions, 'actions' | 'agents' | 'skillsPerPage' | 'dialer' | 'webhooks'>
  /** What is declared twice; the first one counts. */
  readonly faults: readonly Fault[]
}

const SETTINGS = ['dialer', 'webhooks', 'skillsPerPage'] as const

/** Puts tenant files together: their actions and agents, and the settings, which only one of them may have each. */
export function gatherTenants(files: readonly ReadTenant[]): GatheredTenants {
  const faults: Fault[] = []
  const actions = new Map<string, Action>()
  const agents = new Map<string, Agent>()
  const owners = new Map<string, string>()
  const claim = ({ file, placeOf }: ReadTenant, section: string, id?: string): boolean => {
    const key = JSON.stringify([section, id])
    const first = owners.get(key)
    if (first !== undefined) faults.push(declaredTwice(section, id, first, placeOf(section, id)))
    else owners.set(key, file)
    return first === undefined
  }
  let settings: Pick<TenantFile, (typeof SETTINGS)[number]> = {}
  for (const read of files) {
    for (const [id, action] of Object.entries(read.tenant.actions ?? {})) if (claim(read, 'actions', id)) actions.set(id, action)
    for (const [id, agent] of Object.entries(read.tenant.agents ?? {})) if (claim(read, 'agents', id)) agents.set(id, agent)
    for (const name of SETTINGS) {
      if (read.tenant[name] !== undefined && claim(read, name)) settings = { ...settings, [name]: read.tenant[name] }
    }
  }
  const { dialer, webhooks, skillsPerPage } = settings
  const options = {
    actions,
    agents,
    ...(dialer && { dialer: toDialerOptions(dialer) }),
    ...(webhooks && { webhooks }),
    ...(skillsPerPage !== undefined && { skillsPerPage }),
  }
  return { options, faults }
}

function declaredTwice(section: string, id: string | undefined, first: string, place: Place): Fault {
  const name = id === undefined ? section : `${JSON.stringify(id)} of ${section}`
  return {
    code: 'DECLARED_TWICE',
    message: `${name} is declared in ${first} already`,
    place,
    advice: 'remove one of the two: the first one counts',
  }
}
