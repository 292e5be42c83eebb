import type { FlagName } from './flags.ts'

/** What stands behind `cxspec COMMAND`, checked against the flags of the command. */
export class CommandLine {
  readonly positionals: readonly string[]
  /** The texts of each flag that was given; none for one without a value. */
  readonly texts: Readonly<Partial<Record<FlagName, readonly string[]>>>

  constructor(positionals: readonly string[], texts: Readonly<Partial<Record<FlagName, readonly string[]>>>) {
    this.positionals = positionals
    this.texts = texts
  }

  /** Whether the flag was given, with or without a value. */
  has(flag: FlagName): boolean {
    return this.texts[flag] !== undefined
  }

  /** The last text of the flag; `undefined` where it was not given or has none. */
  text(flag: FlagName): string | undefined {
    return this.texts[flag]?.at(-1)
  }
}
