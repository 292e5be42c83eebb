import { parseDuration } from '../model/duration.ts'
import type { ApiLimitEntry, ConfigFile, LimitsEntry } from './config-file.ts'
import { DEFAULT_API_LIMITS, DEFAULTS } from './defaults.ts'
import { isOnThisMachine } from './is-on-this-machine.ts'
import { type Option, showDuration, size, wholeNumber } from './option.ts'
import type { ApiLimit, Limits, TargetSettings } from './settings.ts'
import type { Sources } from './sources.ts'

/** The limits in force for the target: what the target says wins over what the file says for all of them. */
export function resolveLimits(target: TargetSettings, sources: Sources): Limits {
  const own = sources.file.targets?.[target.name]?.limits
  const at = limitsPointer(target.name, own)
  return {
    requestsAtOnce: sources.pick(
      wholeNumber(
        {
          ...at('requestsAtOnce'),
          flag: 'jobs',
          variable: 'CXSPEC_JOBS',
          fallback: DEFAULTS.limits.requestsAtOnce,
          inFile: inLimits(own, 'requestsAtOnce'),
        },
        1,
        1_000,
      ),
    ),
    jobsOpen: sources.pick(
      wholeNumber({ ...at('jobsOpen'), fallback: DEFAULTS.limits.jobsOpen, inFile: inLimits(own, 'jobsOpen') }, 1, 100_000),
    ),
    answerBytes: sources.pick(size({ ...at('answerSize'), fallback: DEFAULTS.limits.answerBytes, inFile: inLimits(own, 'answerSize') })),
    apis: resolveApiLimits(target, own, sources),
  }
}

function limitsPointer(target: string, own: LimitsEntry | undefined) {
  return (field: keyof LimitsEntry): Pick<Option<unknown>, 'name'> & { pointer: string[] } => ({
    name: `limits.${field}`,
    pointer: own?.[field] === undefined ? ['limits', field] : ['targets', target, 'limits', field],
  })
}

function inLimits<Field extends keyof LimitsEntry>(own: LimitsEntry | undefined, field: Field) {
  return (file: ConfigFile): LimitsEntry[Field] | undefined => own?.[field] ?? file.limits?.[field]
}

function resolveApiLimits(target: TargetSettings, own: LimitsEntry | undefined, sources: Sources): Record<string, ApiLimit> {
  const usual = DEFAULT_API_LIMITS[isOnThisMachine(target) ? 'local' : 'tenant']
  const shared = sources.file.limits?.apis ?? {}
  const names = new Set([...Object.keys(usual), ...Object.keys(shared), ...Object.keys(own?.apis ?? {})])
  const limitOf = (name: string): ApiLimit => {
    const fallback = usual[name] ?? {}
    const layers = [
      { entry: own?.apis?.[name], at: ['targets', target.name, 'limits', 'apis', name] },
      { entry: shared[name], at: ['limits', 'apis', name] },
    ]
    const atOnce = pickField('atOnce', layers, fallback.atOnce, sources)
    const perSecond = pickField('perSecond', layers, fallback.perSecond, sources)
    const spacing = pickField('spacing', layers, fallback.spacingMs === undefined ? undefined : showDuration(fallback.spacingMs), sources)
    const spacingMs = spacing === undefined ? undefined : parseDuration(spacing)
    return {
      ...(atOnce === undefined ? {} : { atOnce }),
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(spacingMs === undefined ? {} : { spacingMs }),
    }
  }
  return Object.fromEntries([...names].sort().map((name) => [name, limitOf(name)]))
}

/** What one place of the file says of an API, and where that place is. */
interface Layer {
  readonly entry: ApiLimitEntry | undefined
  readonly at: readonly string[]
}

function pickField<Field extends keyof ApiLimitEntry>(
  field: Field,
  layers: readonly Layer[],
  fallback: ApiLimitEntry[Field] | undefined,
  sources: Sources,
): ApiLimitEntry[Field] | undefined {
  const layer = layers.find(({ entry }) => entry?.[field] !== undefined)
  const value = layer?.entry?.[field] ?? fallback
  const name = ['limits', ...(layers.at(-1)?.at.slice(1) ?? []), field].join('.')
  if (value !== undefined) sources.record(name, String(value), sources.originInFile([...(layer?.at ?? []), field], layer !== undefined))
  return value
}
