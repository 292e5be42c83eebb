import { basename, dirname, resolve } from 'node:path'
import type { FaultPlan } from '../../emulator/faults/fault-plan.ts'
import { readFaultPlan } from '../../emulator/faults/read-fault-plan.ts'
import { type EmulatorServer, serve } from '../../emulator/http/serve.ts'
import type { EmulatorClient } from '../../emulator/oauth/token-store.ts'
import { DEFAULT_CLIENT } from '../../emulator/options.ts'
import { type Fault, FaultError } from '../../model/fault.ts'
import { formatFault } from '../../model/format-fault.ts'
import { readAndCheck } from '../../yaml/read-and-check.ts'
import { readTextFile } from '../../yaml/read-text-file.ts'
import type { Command } from '../command.ts'
import type { CommandLine } from '../command-line.ts'
import { emulatorClient } from '../emulator-client.ts'
import { EXIT } from '../exit-codes.ts'
import { lazyPoster } from '../lazy-poster.ts'
import { openEmulator } from '../open-emulator.ts'
import { readRunFlags } from '../run-flags.ts'
import { settingsFor } from '../settings-for.ts'
import { webhookSigning } from '../webhook-signing.ts'
import type { World } from '../world.ts'

const DEFAULT_PORT = 4010
const MAX_PORT = 65_535

/** `cxspec emulator`: the CXone API over local flows, on a port, until a signal comes. */
export const emulator: Command = {
  operands: '',
  operandCount: { least: 0, most: 0 },
  about:
    'Serves local flows as CXone does, and dialer simulations, data actions and agents as tenant files declare them. Runs until it is\n' +
    'interrupted (Ctrl-C).\n' +
    'It is reachable from this machine only, unless --host says otherwise.',
  flags: ['port', 'host', 'flows', 'faults', 'seed', 'config', 'env-file', 'quiet'],
  examples: [
    { command: 'cxspec emulator --port 4010 --flows scenarios/flows', effect: 'serve the flows of a folder' },
    { command: 'cxspec emulator --faults plan.yaml', effect: 'with 429, 5xx and others as a plan says' },
    {
      command: `CXSPEC_BASE_URL=http://127.0.0.1:4010 CXSPEC_CLIENT_ID=${DEFAULT_CLIENT.id} CXSPEC_CLIENT_SECRET=${DEFAULT_CLIENT.secret} cxspec run`,
      effect: 'run scenarios against it, from another terminal',
    },
  ],
  async run(line, world) {
    const port = portOf(line)
    const { settings, resolution } = settingsFor(line, world)
    const client = emulatorClient(resolution, world)
    const plan = line.text('faults')
    const faults = plan === undefined ? {} : { faults: faultPlan(plan, world) }
    const { seed } = readRunFlags(line)
    const poster = lazyPoster()
    const opened = await openEmulator(settings.flows, world, {
      ...faults,
      ...(seed === undefined ? {} : { seed }),
      clients: [client],
      deliver: poster.post,
      ...webhookSigning(settings, resolution, world),
    })
    for (const fault of opened.faults) world.stderr.write(`${formatFault(fault)}\n`)
    const host = line.text('host')
    const server = await serve(opened.emulator, {
      port,
      ...(host === undefined ? {} : { host }),
      onBug: (error) => world.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
    })
    if (!line.has('quiet')) world.stdout.write(greeting(server, opened.flows.size, client))
    await interrupted(world)
    opened.emulator.close()
    await server.close()
    await poster.close()
    return opened.faults.length > 0 ? EXIT.faulty : EXIT.ok
  },
}

function greeting({ url }: EmulatorServer, flowCount: number, client: EmulatorClient): string {
  const secret = client === DEFAULT_CLIENT ? `the secret "${client.secret}"` : 'the secret of the environment'
  return (
    `The emulator listens at ${url} and serves ${flowCount} ${flowCount === 1 ? 'flow' : 'flows'}.\n` +
    `Its client is "${client.id}" with ${secret}. Ctrl-C ends it.\n`
  )
}

/** Being told to stop is how an emulator ends well. */
function interrupted(world: World): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = world.emergencies.subscribe(() => {
      unsubscribe()
      resolve()
    })
  })
}

function portOf(line: CommandLine): number {
  const text = line.text('port')
  if (text === undefined) return DEFAULT_PORT
  if (/^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT) return Number(text)
  throw new FaultError([
    { code: 'INVALID_PORT', message: `--port says ${JSON.stringify(text)}`, expected: `a number from 0 to ${MAX_PORT}` },
  ])
}

/** A plan may stand anywhere: it was named on the command line, and not by a file of somebody else. */
function faultPlan(file: string, world: World): FaultPlan {
  const path = resolve(world.cwd, file)
  const text = orThrow(readTextFile(basename(path), dirname(path)))
  return orThrow(readAndCheck(text, file, readFaultPlan))
}

function orThrow<T>(reading: { readonly value?: T; readonly faults?: readonly Fault[] | undefined }): T {
  if (reading.value === undefined) throw new FaultError(reading.faults ?? [])
  return reading.value
}
