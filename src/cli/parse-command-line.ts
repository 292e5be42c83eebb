import { parseArgs } from 'node:util'
import type { Fault } from '../model/fault.ts'
import { FaultError } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'
import type { Command } from './command.ts'
import { CommandLine } from './command-line.ts'
import { COMMON_FLAGS, type FlagName, flagOf, flags } from './flags.ts'

/**
 * Reads what stands behind a command's name: flags and operands in any order, `--flag value`, `--flag=value`, `-f value`; everything
 * behind `--` is an operand. Throws a `FaultError` with every fault: unknown flags (with the nearest known one), missing and needless
 * values, flags given twice, too few or too many operands.
 */
export function parseCommandLine(name: string, command: Command, args: readonly string[]): CommandLine {
  const known: readonly FlagName[] = [...command.flags, ...COMMON_FLAGS]
  const faults: Fault[] = []
  const positionals: string[] = []
  const texts: Partial<Record<FlagName, string[]>> = {}
  for (const token of tokensOf(args, known)) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const flag = known.find((candidate) => candidate === token.name)
    if (flag) addFlag(flag, token, texts, faults)
    else faults.push(unknownFlag(name, token.rawName, known))
  }
  const isAskedForHelp = texts.help !== undefined
  if (!isAskedForHelp) faults.push(...operandFaults(name, command, positionals))
  if (faults.length > 0) throw new FaultError(faults)
  return new CommandLine(positionals, texts)
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function tokensOf(args: readonly string[], known: readonly FlagName[]) {
  const options = Object.fromEntries(
    known.map((name) => {
      const { kind, short } = flagOf(name)
      return [name, { type: kind === 'text' ? ('string' as const) : ('boolean' as const), ...(short ? { short } : {}) }]
    }),
  )
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

function addFlag(flag: FlagName, token: OptionToken, texts: Partial<Record<FlagName, string[]>>, faults: Fault[]): void {
  const { kind, repeatable, value: valueName = 'VALUE' } = flagOf(flag)
  const { value, rawName, inlineValue } = token
  if (kind === 'boolean' && value !== undefined) faults.push(needlessValue(rawName, value))
  else if (kind === 'text' && value === undefined) faults.push(missingValue(rawName, valueName))
  else if (value?.startsWith('-') && value !== '-' && !inlineValue) faults.push(dubiousValue(rawName, value, valueName))
  else if (texts[flag] && kind === 'text' && !repeatable) faults.push(givenTwice(rawName))
  else texts[flag] = [...(texts[flag] ?? []), ...(value === undefined ? [] : [value])]
}

function unknownFlag(command: string, rawName: string, known: readonly FlagName[]): Fault {
  const bare = rawName.replace(/^-+/, '')
  const similar = bare.length > 1 ? (nearest(bare, known) ?? nearest(bare, Object.keys(flags))) : undefined
  const isElsewhere = similar !== undefined && !known.some((name) => name === similar)
  return {
    code: 'UNKNOWN_FLAG',
    message: `cxspec ${command} has no flag ${rawName}`,
    ...(similar === undefined || isElsewhere ? {} : { advice: `did you mean --${similar}?` }),
    expected: `one of those that \`cxspec ${command} --help\` lists`,
  }
}

function needlessValue(rawName: string, value: string): Fault {
  return {
    code: 'NEEDLESS_VALUE',
    message: `${rawName} takes no value, but was given ${JSON.stringify(value)}`,
    advice: `write ${rawName}`,
  }
}

function missingValue(rawName: string, valueName: string): Fault {
  return { code: 'MISSING_VALUE', message: `${rawName} needs a value`, expected: `${rawName} ${valueName}` }
}

function dubiousValue(rawName: string, value: string, valueName: string): Fault {
  return {
    code: 'MISSING_VALUE',
    message: `${rawName} needs a value, and ${value} looks like a flag`,
    expected: `${rawName} ${valueName}`,
    ...(rawName.startsWith('--') ? { advice: `if ${value} is the value, write ${rawName}=${value}` } : {}),
  }
}

function givenTwice(rawName: string): Fault {
  return { code: 'FLAG_GIVEN_TWICE', message: `${rawName} is given more than once`, advice: 'keep one of them' }
}

function operandFaults(name: string, command: Command, positionals: readonly string[]): Fault[] {
  const { least, most } = command.operandCount
  const expected = `cxspec ${name} ${command.operands}`.trim()
  if (positionals.length < least) return [{ code: 'MISSING_OPERAND', message: `cxspec ${name} needs more to work on`, expected }]
  const extra = positionals[most]
  return extra === undefined ? [] : [{ code: 'TOO_MANY_OPERANDS', message: `cxspec ${name} cannot use ${JSON.stringify(extra)}`, expected }]
}
