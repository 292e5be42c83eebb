import { DEFAULTS } from './defaults.ts'

/** How one kind of deployment is reached. `{…}` in the base URL is the preset's own parameter. */
export interface Preset {
  readonly baseUrl: string
  /** Absolute, or a path below the base URL. */
  readonly tokenUrl: string
  readonly clientAuthentication: 'basic' | 'form'
  readonly grantIn: 'body' | 'query'
  readonly scope?: string
  /** The field of the target that fills the base URL's `{…}`. */
  readonly parameter?: 'org' | 'site' | 'organization' | 'region'
}

/** The deployments of CXone that differ in hosts, token path and client authentication. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  org: {
    baseUrl: 'https://{org}.api.nicecxone.com',
    tokenUrl: '/oauth/token',
    clientAuthentication: 'basic',
    grantIn: 'body',
    scope: DEFAULTS.scope,
    parameter: 'org',
  },
  incontact: {
    baseUrl: 'https://api.niceincontact.com',
    tokenUrl: 'https://platform.niceincontact.com/oauth/token',
    clientAuthentication: 'basic',
    grantIn: 'query',
  },
  site: {
    baseUrl: 'https://{site}.api.cxm.nice.incontact.com',
    tokenUrl: '/api/v2/oauth/token',
    clientAuthentication: 'form',
    grantIn: 'body',
    parameter: 'site',
  },
  dx: {
    baseUrl: 'https://{organization}.api.nice.incontact.com',
    tokenUrl: '/api/v2/oauth/token',
    clientAuthentication: 'form',
    grantIn: 'body',
    parameter: 'organization',
  },
  region: {
    baseUrl: 'https://api-{region}.cxone.com',
    tokenUrl: '/oauth2/token',
    clientAuthentication: 'form',
    grantIn: 'body',
    scope: DEFAULTS.scope,
    parameter: 'region',
  },
}
