import type { Command, CommandEntry } from './command.ts'
import { COMMON_FLAGS, type FlagName, flagOf } from './flags.ts'

/** `cxspec --help`. */
export function generalHelp(commands: readonly CommandEntry[]): string {
  return [
    'cxspec runs declarative tests of contact-centre call flows against NICE CXone, or against its embedded emulator.',
    '',
    'Usage: cxspec COMMAND [flags]',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Flags:',
    ...columns((['help', 'version'] as const).map(flagRow)),
    '',
    'Exit codes:',
    ...columns(EXIT_CODES),
    '',
    '`cxspec COMMAND --help` explains a command.',
    '',
  ].join('\n')
}

/** `cxspec COMMAND --help`. */
export function commandHelp(name: string, command: Command): string {
  return [
    command.about,
    '',
    `Usage: cxspec ${name} [flags] ${command.operands}`.trimEnd(),
    '',
    'Flags:',
    ...columns([...command.flags, ...COMMON_FLAGS].map(flagRow)),
    '',
    'Examples:',
    ...columns(command.examples.map((example) => [example.command, example.effect])),
    '',
  ].join('\n')
}

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'all is as expected'],
  ['1', 'an expectation is not met'],
  ['2', 'the command line, the configuration or a scenario file is wrong'],
  ['3', 'something could not be judged: the target was not reached, refused, timed out or answered nonsense'],
  ['4', 'nothing was selected, or everything was skipped'],
  ['70', 'a bug of cxspec, or no verdict with all its reports'],
  ['130, 143', 'interrupted'],
]

function flagRow(name: FlagName): readonly [string, string] {
  const { short, kind, value, description, repeatable } = flagOf(name)
  const shown = kind === 'optional' ? `[=${value}]` : value === undefined ? '' : ` ${value}`
  return [`${short ? `-${short}, ` : '    '}--${name}${shown}`, `${description}${repeatable ? '; may be repeated' : ''}`]
}

/** Left of which a row's text starts on the same line. */
const WIDEST_LABEL = 34

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(WIDEST_LABEL, Math.max(...rows.map(([label]) => label.length)))
  return rows.map(([label, text]) =>
    label.length > width ? `  ${label}\n  ${' '.repeat(width)}  ${text}` : `  ${label.padEnd(width)}  ${text}`,
  )
}
