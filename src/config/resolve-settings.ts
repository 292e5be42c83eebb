import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from '../model/fault.ts'
import type { ConfigFile } from './config-file.ts'
import { DEFAULTS } from './defaults.ts'
import { type Environment, loadEnvironment } from './environment.ts'
import { options } from './options.ts'
import type { EffectiveValue } from './origin.ts'
import { parseReporter, reporterOf, showReporter } from './parse-reporter.ts'
import { parseVariable } from './parse-variable.ts'
import { type QuarantineEntry, readQuarantine } from './quarantine.ts'
import { findConfigFile, type ReadConfig, readConfigFile } from './read-config-file.ts'
import { resolveExecutions } from './resolve-executions.ts'
import { resolveLimits } from './resolve-limits.ts'
import { resolveProxy } from './resolve-proxy.ts'
import { resolveSimulations } from './resolve-simulations.ts'
import { resolveTarget } from './resolve-target.ts'
import { resolveWebhooks } from './resolve-webhooks.ts'
import type { CredentialSource, ReporterSettings, Settings, TargetSettings, Timeouts } from './settings.ts'
import { type FlagTexts, Sources } from './sources.ts'

/** What settings are made of. Nothing else is looked at. */
export interface SettingsRequest {
  readonly flags: FlagTexts
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly cwd: string
}

/** Settings, or what is wrong with them: `settings` is absent exactly when there is a fault. */
export interface Resolution {
  readonly settings?: Settings
  readonly faults: readonly Fault[]
  /** Every value in force and where it came from, as far as it could be told. */
  readonly effective: readonly EffectiveValue[]
  readonly environment: Environment
  /** Where values stand that no output may show, told even where there are faults. */
  readonly secrets: readonly CredentialSource[]
}

/** Works out every setting: flag, environment, file, default, in this order. Reads the configuration file and `--env-file` files, nothing else. */
export function resolveSettings(request: SettingsRequest): Resolution {
  const { environment, faults } = loadEnvironment(request.variables, request.flags['env-file'] ?? [], request.cwd)
  const config = readConfig(request, environment)
  if (faults.length > 0 || config.faults) return { faults: [...faults, ...(config.faults ?? [])], effective: [], environment, secrets: [] }
  const sources = new Sources({
    flags: request.flags,
    environment,
    file: config.value.value,
    ...(config.value.placeOf ? { placeOf: config.value.placeOf } : {}),
  })
  const settings = resolve(sources, request.cwd)
  const found = { effective: sources.effective(), environment, secrets: sources.file.secrets ?? [] }
  return sources.faults.length > 0 || !settings ? { faults: sources.faults, ...found } : { settings, faults: [], ...found }
}

function readConfig(request: SettingsRequest, environment: Environment) {
  const asked = request.flags['config']?.at(-1) ?? environment.get('CXSPEC_CONFIG')
  const found = findConfigFile(asked, request.cwd)
  if (found.faults) return found
  const none: ReadConfig = { value: {} }
  return found.value === undefined ? { value: none } : readConfigFile(found.value, environment, request.cwd)
}

function resolve(sources: Sources, cwd: string): Settings | undefined {
  const { file } = sources
  const targetName = sources.pick(options.target)
  const flows = resolveFlows(sources, cwd)
  const target = resolveTarget(targetName, sources.originOf(options.target.name), sources, flows)
  const proxy = resolveProxy(target, sources)
  const limits = resolveLimits(target ?? unknown(targetName), sources)
  const webhooks = resolveWebhooks(sources)
  const simulations = resolveSimulations(target ?? unknown(targetName), webhooks.receiver, sources)
  const executions = resolveExecutions(target ?? unknown(targetName), sources)
  const settings = {
    scenarios: list('scenarios', file.scenarios, DEFAULTS.scenarios, sources),
    limits,
    simulations,
    executions,
    webhooks,
    timeouts: resolveTimeouts(sources),
    retries: sources.pick(options.retries),
    strict: sources.pick(options.strict),
    failOnFlaky: sources.pick(options.failOnFlaky),
    quarantine: resolveQuarantine(sources, cwd),
    reporters: resolveReporters(sources),
    output: sources.pick(options.output),
    vars: resolveVars(file, sources),
    flagVars: resolveFlagVars(sources),
    flows: target?.kind === 'emulator' ? target.flows : flows,
  }
  return target && { target, ...(proxy ? { proxy } : {}), ...settings }
}

/** So that the other settings can be told although the target is at fault. */
function unknown(name: string): TargetSettings {
  return { kind: 'emulator', name, flows: [] }
}

function list(name: string, inFile: readonly string[] | undefined, fallback: readonly string[], sources: Sources): readonly string[] {
  const value = inFile ?? fallback
  sources.record(name, value.join(', '), sources.originInFile(name.split('.'), inFile !== undefined))
  return value
}

/** The usual folder counts only where it exists: nobody asked for it. */
function resolveFlows(sources: Sources, cwd: string): readonly string[] {
  const given = sources.flags['flows']
  if (!given)
    return list(
      'emulator.flows',
      sources.file.emulator?.flows,
      DEFAULTS.flows.filter((folder) => existsSync(join(cwd, folder))),
      sources,
    )
  sources.record('emulator.flows', given.join(', '), { kind: 'flag', name: 'flows' })
  return given
}

function resolveQuarantine(sources: Sources, cwd: string): readonly QuarantineEntry[] {
  const { value, faults = [] } = readQuarantine(sources.pick(options.quarantine), cwd, sources.file.quarantine !== undefined)
  sources.faults.push(...faults)
  return value ?? []
}

function resolveTimeouts(sources: Sources): Timeouts {
  const { connect, headers, body, call, step, simulation, scenario, run } = options.timeouts
  return {
    connectMs: sources.pick(connect),
    headersMs: sources.pick(headers),
    bodyMs: sources.pick(body),
    callMs: sources.pick(call),
    stepMs: sources.pick(step),
    simulationMs: sources.pick(simulation),
    scenarioMs: sources.pick(scenario),
    runMs: sources.pick(run),
  }
}

function resolveReporters(sources: Sources): readonly ReporterSettings[] {
  const given = sources.flags['reporter']
  const reporters = given
    ? given.flatMap((text) => parseReporter(text, sources.faults))
    : (sources.file.reporters?.map(reporterOf) ?? DEFAULTS.reporters)
  const origin = given
    ? ({ kind: 'flag', name: 'reporter' } as const)
    : sources.originInFile(['reporters'], sources.file.reporters !== undefined)
  sources.record('reporters', reporters.map(showReporter).join(', '), origin)
  return reporters
}

function resolveVars(file: ConfigFile, sources: Sources): Settings['vars'] {
  for (const [name, value] of Object.entries(file.vars ?? {})) {
    sources.record(`vars.${name}`, JSON.stringify(value), sources.originInFile(['vars', name], true))
  }
  return file.vars ?? {}
}

function resolveFlagVars(sources: Sources): Settings['flagVars'] {
  const found = (sources.flags['var'] ?? []).flatMap((text) => parseVariable(text, sources.faults))
  for (const { name, value } of found) sources.record(`vars.${name}`, JSON.stringify(value), { kind: 'flag', name: 'var' })
  return Object.fromEntries(found.map(({ name, value }) => [name, value]))
}
