import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { DEFAULTS } from '../config/defaults.ts'
import { SHORT_SECRET_LENGTH } from '../config/secret-forms.ts'
import type { Secrets } from '../config/secrets.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import { formatFault } from '../model/format-fault.ts'
import { nearest } from '../model/nearest.ts'
import type { CommandEntry } from './command.ts'
import { commands } from './commands.ts'
import { EXIT } from './exit-codes.ts'
import { commandHelp, generalHelp } from './help.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { version } from './version.ts'
import type { Output, World } from './world.ts'

/**
 * The command `cxspec` as a function: does what `argv` (without the program) asks for and resolves with the exit code. Faults of the
 * user's end as text on stderr and 2. Rejects only for a bug.
 */
export async function cli(argv: readonly string[], given: World): Promise<number> {
  const world = masked(given)
  try {
    return await dispatch(argv, world)
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    for (const fault of error.faults) world.stderr.write(`${formatFault(fault)}\n`)
    return EXIT.faulty
  }
}

/** The same world with streams that no secret gets through. */
function masked(world: World): World {
  const { secrets, stdout, stderr } = world
  const usual = world.env[DEFAULTS.clientSecret.env]?.trim() ?? ''
  if (usual.length >= SHORT_SECRET_LENGTH) secrets.add(usual)
  return { ...world, stdout: maskedOutput(stdout, secrets), stderr: maskedOutput(stderr, secrets) }
}

function maskedOutput(stream: Output, secrets: Secrets): Output {
  return {
    write: (text) => stream.write(secrets.mask(text)),
    get isTTY() {
      return stream.isTTY
    },
    get columns() {
      return stream.columns
    },
  }
}

async function dispatch([name, ...args]: readonly string[], world: World): Promise<number> {
  if (name === '--version' || name === '-v') return print(`${version()}\n`, world)
  if (name === '--help' || name === '-h') return print(generalHelp(commands), world)
  if (name === 'help' && args[0] === undefined) return print(generalHelp(commands), world)
  if (name === undefined) {
    world.stderr.write(generalHelp(commands))
    return EXIT.faulty
  }
  return name === 'help' ? runCommand(entryOf(args[0] ?? '', world), ['--help'], world) : runCommand(entryOf(name, world), args, world)
}

async function runCommand(entry: CommandEntry, args: readonly string[], world: World): Promise<number> {
  const command = await entry.load()
  const line = parseCommandLine(entry.name, command, args)
  if (line.has('help')) return print(commandHelp(entry.name, command), world)
  return command.run(line, world)
}

function print(text: string, world: World): number {
  world.stdout.write(text)
  return EXIT.ok
}

function entryOf(name: string, world: World): CommandEntry {
  const entry = commands.find((candidate) => candidate.name === name)
  if (entry) return entry
  throw new FaultError([name.startsWith('-') ? flagBeforeCommand(name) : unknownCommand(name, world)])
}

function flagBeforeCommand(flag: string): Fault {
  const advice = `write cxspec run ${flag}, or another command`
  return { code: 'UNKNOWN_FLAG', message: `${flag} stands before the command`, expected: 'cxspec COMMAND [flags]', advice }
}

function unknownCommand(name: string, { cwd }: World): Fault {
  const names = commands.map((entry) => entry.name)
  const similar = nearest(name, names)
  const isPath = /[/.\\]/.test(name) || existsSync(resolve(cwd, name))
  const meant = isPath ? `cxspec run ${name}` : similar && `cxspec ${similar}`
  return {
    code: 'UNKNOWN_COMMAND',
    message: `there is no command ${JSON.stringify(name)}`,
    expected: names.join(', '),
    ...(meant === undefined ? {} : { advice: `did you mean ${meant}?` }),
  }
}
