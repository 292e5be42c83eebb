import type { CommandLine } from './command-line.ts'
import type { FlagName } from './flags.ts'
import type { World } from './world.ts'

/** One command: what it is called with, what its help says, and what it does. One file under `commands/` each. */
export interface Command {
  /** What stands behind the command's name: `[PATH[:LINE]…]`. */
  readonly operands: string
  /** How many operands there may be. */
  readonly operandCount: { readonly least: number; readonly most: number }
  /** What it does, in a few sentences. */
  readonly about: string
  readonly flags: readonly FlagName[]
  readonly examples: readonly Example[]
  /** Does it, and resolves with the exit code. Rejects with a `FaultError` for what the user has to put right. */
  readonly run: (line: CommandLine, world: World) => Promise<number>
}

interface Example {
  readonly command: string
  readonly effect: string
}

/** A line in the list of commands: enough for `cxspec --help`; the rest is loaded only when it is needed. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Command>
}
