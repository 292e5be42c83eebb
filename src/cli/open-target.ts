import { randomUUID } from 'node:crypto'
import type { ApiTarget } from '../api/client-options.ts'
import { createClient } from '../api/create-client.ts'
import type { Client, Transport } from '../api/send.ts'
import { readCredentials } from '../config/credentials.ts'
import type { Resolution } from '../config/resolve-settings.ts'
import type { EmulatorTarget, RemoteTargetSettings, Settings } from '../config/settings.ts'
import type { Library } from '../flow/library.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import { lazyPoster } from './lazy-poster.ts'
import { readSecrets } from './settings-for.ts'
import { version } from './version.ts'
import { webhookSigning } from './webhook-signing.ts'
import type { World } from './world.ts'

/** A target that can be called. */
export interface OpenTarget {
  readonly name: string
  readonly baseUrl: string
  readonly client: Client
  /** What is wrong with the emulator's flow files; none for other targets. */
  readonly faults: readonly Fault[]
  /** The flows that our own emulator executes; absent for other targets. */
  readonly flows?: Library
}

/** What stands between the client and the network; see `CutOff`. */
type Wrap = (transport: Transport) => Transport

/**
 * Reads the credentials and makes the client, over undici or over the emulator in memory. Sends nothing. Every secret is known to
 * `world.secrets` before anything can show it. Rejects with a `FaultError` that names each credential that is missing.
 */
export async function openTarget(
  settings: Settings,
  resolution: Resolution,
  world: World,
  chance: { readonly random: () => number; readonly wrap: Wrap },
): Promise<OpenTarget> {
  const faults = readSecrets(resolution, world).flatMap((reading) => reading.faults ?? [])
  if (faults.length > 0) throw new FaultError(faults)
  const { target, close, transport, ...reached } = await reach(settings, resolution, world)
  const client = createClient({
    target,
    limits: settings.limits,
    timeouts: settings.timeouts,
    clock: world.clock,
    random: chance.random,
    transport: Object.assign(chance.wrap(transport), close ? { close } : {}),
    correlationId: randomUUID,
    userAgent: `cxspec/${version()}`,
    onSecret: (secret) => world.secrets.add(secret),
    mask: (text) => world.secrets.mask(text),
  })
  const { faults: refused, flows } = reached
  return { name: target.name, baseUrl: target.baseUrl, client, faults: refused, ...(flows ? { flows } : {}) }
}

interface Reached {
  readonly target: ApiTarget
  readonly transport: Transport
  readonly close?: () => Promise<void>
  readonly faults: readonly Fault[]
  readonly flows?: Library
}

function reach(settings: Settings, resolution: Resolution, world: World): Promise<Reached> {
  const { target } = settings
  return target.kind === 'emulator' ? reachEmulator(target, settings, resolution, world) : reachRemote(target, settings, resolution, world)
}

async function reachEmulator({ name, flows }: EmulatorTarget, settings: Settings, resolution: Resolution, world: World): Promise<Reached> {
  const { openEmulator } = await import('./open-emulator.ts')
  const { inMemory, IN_MEMORY_BASE_URL } = await import('../emulator/in-memory.ts')
  const { DEFAULT_CLIENT } = await import('../emulator/options.ts')
  const poster = lazyPoster()
  const {
    emulator,
    faults,
    flows: library,
  } = await openEmulator(flows, world, { deliver: poster.post, ...webhookSigning(settings, resolution, world) })
  const close = (): Promise<void> => {
    emulator.close()
    return poster.close()
  }
  const target: ApiTarget = {
    name,
    baseUrl: IN_MEMORY_BASE_URL,
    tokenUrl: `${IN_MEMORY_BASE_URL}/oauth/token`,
    clientAuthentication: 'basic',
    grantIn: 'body',
    clientId: DEFAULT_CLIENT.id,
    clientSecret: DEFAULT_CLIENT.secret,
  }
  return { target, transport: inMemory(emulator), close, faults, flows: library }
}

async function reachRemote(named: RemoteTargetSettings, settings: Settings, resolution: Resolution, world: World): Promise<Reached> {
  const credentials = readCredentials(named, { environment: resolution.environment, cwd: world.cwd })
  if (credentials.faults) throw new FaultError(credentials.faults)
  const target = credentials.value
  world.secrets.addClient(target.clientId, target.clientSecret)
  const { undiciTransport } = await import('../api/undici-transport.ts')
  const { limits, timeouts, proxy } = settings
  const { answerBytes } = limits
  const transport = await undiciTransport({ clock: world.clock, timeouts, answerBytes, ...(proxy ? { proxy } : {}) })
  return { target, transport, close: transport.close, faults: [] }
}
