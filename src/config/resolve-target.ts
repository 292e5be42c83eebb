import type { Fault } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'
import { faultOfUrl } from './base-url.ts'
import type { TargetEntry } from './config-file.ts'
import { describeCredential } from './credentials.ts'
import { DEFAULTS } from './defaults.ts'
import type { Origin } from './origin.ts'
import { PRESETS, type Preset } from './presets.ts'
import type { CredentialSource, RemoteTargetSettings, TargetSettings } from './settings.ts'
import type { Sources } from './sources.ts'

/** Variables that win over what the file says of any remote target. */
const VARIABLES = { baseUrl: 'CXSPEC_BASE_URL', tokenUrl: 'CXSPEC_TOKEN_URL' } as const

/** The name of the target that only the environment describes. */
const FROM_ENVIRONMENT = 'environment'

/**
 * The chosen target, complete. `CXSPEC_BASE_URL` and `CXSPEC_TOKEN_URL` win over the file: over the fields of its target, and where
 * that is the emulator, over the emulator itself. Faults (unknown name, missing parameter, bad address) are left in `sources`;
 * `undefined` with them.
 */
export function resolveTarget(name: string, chosenBy: Origin, sources: Sources, flows: readonly string[]): TargetSettings | undefined {
  const targets = sources.file.targets ?? {}
  const entry = Object.hasOwn(targets, name) ? targets[name] : undefined
  if (entry && entry.preset !== 'emulator') return resolveRemote(name, entry, sources)
  if (!entry && name !== DEFAULTS.target) {
    sources.faults.push(unknownTarget(name, chosenBy, [...Object.keys(targets), DEFAULTS.target]))
    return undefined
  }
  if (isOutdoneByEnvironment(chosenBy, sources)) {
    sources.record('target', FROM_ENVIRONMENT, sources.environment.originOf(VARIABLES.baseUrl))
    return resolveRemote(FROM_ENVIRONMENT, {}, sources, { tokenUrl: DEFAULTS.tokenUrl })
  }
  return { kind: 'emulator', name, flows: entry?.flows ?? flows }
}

function isOutdoneByEnvironment(chosenBy: Origin, { environment }: Sources): boolean {
  return (chosenBy.kind === 'default' || chosenBy.kind === 'file') && environment.get(VARIABLES.baseUrl) !== undefined
}

/** Everything of a remote target that may come from its preset, with what it is called in the file. */
type Field = 'baseUrl' | 'tokenUrl' | 'clientAuthentication' | 'grantIn' | 'scope'

function resolveRemote(
  name: string,
  inFile: TargetEntry,
  sources: Sources,
  assumed: Pick<TargetEntry, 'tokenUrl'> = {},
): RemoteTargetSettings | undefined {
  const entry = { ...assumed, ...inFile, ...fromVariables(sources) }
  const preset = presetOf(entry)
  const faultsBefore = sources.faults.length
  sources.faults.push(...missingFields(name, entry, preset, sources))
  const baseUrl = (entry.baseUrl ?? filledBaseUrl(preset, entry) ?? '').replace(/\/+$/, '')
  const tokenUrl = absolute(entry.tokenUrl ?? preset?.tokenUrl ?? '', baseUrl)
  if (sources.faults.length === faultsBefore) checkUrls(name, { baseUrl, tokenUrl }, entry, sources)
  if (sources.faults.length > faultsBefore) return undefined
  const scope = entry.scope ?? preset?.scope
  const target: RemoteTargetSettings = {
    kind: 'remote',
    name,
    baseUrl,
    tokenUrl,
    clientAuthentication: entry.clientAuthentication ?? preset?.clientAuthentication ?? DEFAULTS.clientAuthentication,
    grantIn: entry.grantIn ?? preset?.grantIn ?? DEFAULTS.grantIn,
    ...(scope === undefined ? {} : { scope }),
    credentials: { clientId: entry.clientId ?? DEFAULTS.clientId, clientSecret: entry.clientSecret ?? DEFAULTS.clientSecret },
  }
  recordRemote(target, inFile, sources)
  return target
}

function fromVariables({ environment }: Sources): Pick<TargetEntry, 'baseUrl' | 'tokenUrl'> {
  const baseUrl = environment.get(VARIABLES.baseUrl)
  const tokenUrl = environment.get(VARIABLES.tokenUrl)
  return { ...(baseUrl === undefined ? {} : { baseUrl }), ...(tokenUrl === undefined ? {} : { tokenUrl }) }
}

function presetOf(entry: TargetEntry): Preset | undefined {
  return entry.preset === undefined ? undefined : PRESETS[entry.preset]
}

/** `undefined` where the preset's parameter is missing, which is a fault of its own. */
function filledBaseUrl(preset: Preset | undefined, entry: TargetEntry): string | undefined {
  if (!preset?.parameter) return preset?.baseUrl
  const value = entry[preset.parameter]
  return value === undefined ? undefined : preset.baseUrl.replace(`{${preset.parameter}}`, value)
}

function absolute(url: string, baseUrl: string): string {
  return url.startsWith('/') ? `${baseUrl}${url}` : url
}

function missingFields(name: string, entry: TargetEntry, preset: Preset | undefined, sources: Sources): Fault[] {
  return neededFields(entry, preset)
    .filter((field) => entry[field] === undefined)
    .map((field) => ({
      code: 'TARGET_INCOMPLETE',
      message: `the target ${name} has no ${field}`,
      expected: preset ? `${field}, which is part of ${preset.baseUrl}` : 'a preset, or baseUrl and tokenUrl',
      ...sources.placed(['targets', name]),
    }))
}

function neededFields(entry: TargetEntry, preset: Preset | undefined) {
  if (!preset) return ['baseUrl', 'tokenUrl'] as const
  return preset.parameter && entry.baseUrl === undefined ? [preset.parameter] : []
}

function checkUrls(name: string, urls: Readonly<Record<'baseUrl' | 'tokenUrl', string>>, entry: TargetEntry, sources: Sources): void {
  for (const [field, url] of Object.entries(urls) as ['baseUrl' | 'tokenUrl', string][]) {
    const fault = faultOfUrl(field, url)
    const pointer = entry[field] === undefined ? ['targets', name] : ['targets', name, field]
    if (fault) sources.faults.push({ ...fault, ...sources.placed(pointer) })
  }
}

function recordRemote(target: RemoteTargetSettings, entry: TargetEntry, sources: Sources): void {
  const at = ['targets', target.name]
  const fromPreset = sources.originInFile([...at, 'preset'], entry.preset !== undefined)
  const originOf = (field: Field): Origin => {
    const variable = field === 'baseUrl' || field === 'tokenUrl' ? VARIABLES[field] : undefined
    if (variable !== undefined && sources.environment.get(variable) !== undefined) return sources.environment.originOf(variable)
    return entry[field] === undefined ? fromPreset : sources.originInFile([...at, field], true)
  }
  const record = (field: Field, shown: string): void => sources.record(`${at.join('.')}.${field}`, shown, originOf(field))
  record('baseUrl', target.baseUrl)
  record('tokenUrl', target.tokenUrl)
  record('clientAuthentication', target.clientAuthentication)
  record('grantIn', target.grantIn)
  record('scope', target.scope ?? '(all that the client is granted)')
  for (const field of ['clientId', 'clientSecret'] as const) {
    recordCredential(
      `${at.join('.')}.${field}`,
      target.credentials[field],
      sources,
      sources.originInFile([...at, field], entry[field] !== undefined),
    )
  }
}

function recordCredential(name: string, source: CredentialSource, sources: Sources, origin: Origin): void {
  sources.record(name, describeCredential(source, sources.environment), origin)
}

function unknownTarget(name: string, chosenBy: Origin, known: readonly string[]): Fault {
  const similar = nearest(name, known)
  return {
    code: 'UNKNOWN_TARGET',
    message: `there is no target ${JSON.stringify(name)}`,
    expected: [...new Set(known)].join(', '),
    advice: similar === undefined ? 'name it under targets in cxspec.config.yaml' : `did you mean "${similar}"?`,
    ...(chosenBy.kind === 'file' ? { place: chosenBy.place } : {}),
  }
}
