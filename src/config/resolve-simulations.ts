import { isLocal } from './base-url.ts'
import type { ConfigFile, SimulationsEntry } from './config-file.ts'
import { DEFAULTS } from './defaults.ts'
import { isOnThisMachine } from './is-on-this-machine.ts'
import { duration, wholeNumber } from './option.ts'
import { refuseWebhookUrls } from './refuse-webhook-url.ts'
import type { ReceiverSettings, Simulations, TargetSettings } from './settings.ts'
import type { Sources } from './sources.ts'

/** How dialer simulations run at the target: field by field, what the target says wins over what the file says for all of them. */
export function resolveSimulations(target: TargetSettings, receiver: ReceiverSettings, sources: Sources): Simulations {
  const own = sources.file.targets?.[target.name]?.simulations
  const shared = sources.file.simulations
  const usual = DEFAULTS.simulations
  const at = (field: keyof SimulationsEntry) => ({ name: `simulations.${field}`, pointer: pointerOf(target.name, own, field) })
  const inFile =
    <Field extends keyof SimulationsEntry>(field: Field) =>
    (file: ConfigFile): SimulationsEntry[Field] | undefined =>
      own?.[field] ?? file.simulations?.[field]
  const record = <T>(field: keyof SimulationsEntry, value: T | undefined, fallback: T, shown: (value: T) => string): T => {
    sources.record(`simulations.${field}`, shown(value ?? fallback), sources.originInFile(at(field).pointer, value !== undefined))
    return value ?? fallback
  }
  refuseWebhookUrls(at('webhookUrls').pointer, own?.webhookUrls ?? shared?.webhookUrls ?? [], sources)
  return {
    active: sources.pick(wholeNumber({ ...at('active'), fallback: usual.active, inFile: inFile('active') }, 1, 1_000)),
    maxConcurrency: sources.pick(
      wholeNumber({ ...at('maxConcurrency'), fallback: usual.maxConcurrency, inFile: inFile('maxConcurrency') }, 1, 1_000_000),
    ),
    pollEveryMs: sources.pick(duration({ ...at('pollEvery'), fallback: usual.pollEveryMs, inFile: inFile('pollEvery') })),
    callEvents: record('callEvents', own?.callEvents ?? shared?.callEvents, usual.callEvents, String),
    callStates: record('callStates', own?.callStates ?? shared?.callStates, usual.callStates, JSON.stringify),
    reachesUs: isOnThisMachine(target) || receiver.publicUrl !== undefined || !isLocal(receiver.host),
    webhookUrls: record('webhookUrls', own?.webhookUrls ?? shared?.webhookUrls, usual.webhookUrls, (urls) => urls.join(', ')),
  }
}

function pointerOf(target: string, own: SimulationsEntry | undefined, field: keyof SimulationsEntry): string[] {
  return own?.[field] === undefined ? ['simulations', field] : ['targets', target, 'simulations', field]
}
