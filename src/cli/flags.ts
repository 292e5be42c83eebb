/** A flag of the command line. `optional` is a flag whose value may be left out: `--bail`, `--bail=3`. */
export interface Flag {
  readonly kind: 'boolean' | 'text' | 'optional'
  readonly short?: string
  /** Stands for the value in help. */
  readonly value?: string
  readonly description: string
  /** Whether it may be given several times. @default false */
  readonly repeatable?: boolean
}

/** Every flag that any command has. Help, checking and suggestions are made from this table. */
export const flags = {
  config: { kind: 'text', value: 'FILE', description: 'the configuration file (default: cxspec.config.yaml; environment CXSPEC_CONFIG)' },
  'env-file': {
    kind: 'text',
    value: 'FILE',
    repeatable: true,
    description: 'read environment variables from a file; the environment wins',
  },
  target: { kind: 'text', value: 'NAME', description: 'the target to run against (environment CXSPEC_TARGET; default: emulator)' },
  jobs: { kind: 'text', short: 'j', value: 'N', description: 'requests, and so scenarios, at once (environment CXSPEC_JOBS; default: 8)' },
  grep: {
    kind: 'text',
    short: 'g',
    value: 'TEXT',
    description: 'only scenarios whose name, or SUITE > NAME, has TEXT in it or matches /TEXT/',
  },
  tag: { kind: 'text', value: 'EXPRESSION', description: "only scenarios with these tags, e.g. 'smoke and not slow'" },
  bail: { kind: 'optional', value: 'N', description: 'start no more scenarios after N that did not pass (N = 1 where left out)' },
  strict: {
    kind: 'boolean',
    description: 'count a scenario with too little evidence (inconclusive) as failed (environment CXSPEC_STRICT)',
  },
  'fail-on-flaky': {
    kind: 'boolean',
    description: 'count a scenario that passes on a later try only as failed (environment CXSPEC_FAIL_ON_FLAKY)',
  },
  baseline: {
    kind: 'text',
    value: 'PATH',
    description: 'a journal or a folder of journals of earlier runs, to say at the end what is new',
  },
  retries: { kind: 'text', value: 'N', description: 'try a scenario that does not pass again, N times (environment CXSPEC_RETRIES)' },
  timeout: { kind: 'text', value: 'DURATION', description: 'limit for one try of a scenario, e.g. 30s (environment CXSPEC_TIMEOUT)' },
  var: {
    kind: 'text',
    value: 'NAME=VALUE',
    repeatable: true,
    description: 'fill ${NAME} in scenarios with text; NAME:=JSON for other values',
  },
  reporter: {
    kind: 'text',
    value: 'NAME[:KEY=VALUE,…]',
    repeatable: true,
    description: 'report with screen, junit or json, in place of the configured reporters',
  },
  output: {
    kind: 'text',
    short: 'o',
    value: 'FOLDER',
    description: 'where journal and reports go (environment CXSPEC_OUTPUT; default: reports)',
  },
  flows: { kind: 'text', value: 'FOLDER', repeatable: true, description: 'folders of the flows that the emulator serves' },
  seed: { kind: 'text', value: 'N', description: 'the seed of everything random; a run says which one it used' },
  list: { kind: 'boolean', description: 'list what would run, and run nothing' },
  quiet: { kind: 'boolean', short: 'q', description: 'say only what did not pass, and the summary' },
  verbose: { kind: 'boolean', description: 'say every step and request' },
  'pass-with-no-tests': { kind: 'boolean', description: 'exit 0 where nothing was selected or everything was skipped' },
  'no-cache': { kind: 'boolean', description: 'read every scenario file anew' },
  'dry-run': { kind: 'boolean', description: 'look at everything and change nothing' },
  format: { kind: 'text', value: 'FORMAT', description: 'how to tell it: text, json or sarif (default: text)' },
  severity: { kind: 'text', value: 'SEVERITY', description: 'exit 1 from this on: error, warning, note or never (default: error)' },
  json: { kind: 'boolean', description: 'print JSON' },
  'last-failed': { kind: 'boolean', description: 'only what did not pass in the last run, by the journal in the output folder' },
  'only-affected': {
    kind: 'text',
    value: 'OLD',
    description: 'only scenarios that a change of the flows since OLD affects, a file or a folder: see cxspec impact',
  },
  picture: { kind: 'text', value: 'LANGUAGE', description: 'print the picture of the change in place of words: mermaid or dot' },
  journal: { kind: 'text', value: 'PATH', description: 'what calls did before, by a journal or a folder of journals of earlier runs' },
  resume: {
    kind: 'text',
    value: 'JOURNAL',
    description: 'go on with a run that was interrupted or killed: what it had finished is not run again',
  },
  shard: { kind: 'text', value: 'I/N', description: 'only the I-th of N parts that take about as long; the same parts on every machine' },
  durations: {
    kind: 'text',
    value: 'PATH',
    description: 'a journal or a folder of journals by which --shard knows how long scenarios take',
  },
  repeat: { kind: 'text', value: 'N', description: 'run each scenario N times' },
  shuffle: { kind: 'boolean', description: 'start scenarios in a random order, which --seed repeats' },
  merge: { kind: 'boolean', description: 'make one result of the journals of several machines' },
  coverage: {
    kind: 'boolean',
    description: 'tell which nodes and branches of flows calls went through, and how to reach the others',
  },
  'min-coverage': {
    kind: 'text',
    value: 'WHAT=PERCENT,…',
    repeatable: true,
    description: 'exit 1 where less is covered, e.g. branches=90 or nodes=100,pairs=50',
  },
  'fail-on': { kind: 'text', value: 'new', description: 'exit 1 only where something is worse than before' },
  port: { kind: 'text', short: 'p', value: 'PORT', description: 'the port to listen on; 0 takes a free one (default: 4010)' },
  host: { kind: 'text', value: 'ADDRESS', description: 'the address to listen on (default: 127.0.0.1, reachable from this machine only)' },
  faults: { kind: 'text', value: 'FILE', description: 'a plan of faults: 429, 5xx, slow answers, broken connections and others' },
  color: { kind: 'boolean', description: 'use colours, also where there is no terminal' },
  'no-color': { kind: 'boolean', description: 'use no colours (environment NO_COLOR)' },
  help: { kind: 'boolean', short: 'h', description: 'show this help' },
  version: { kind: 'boolean', short: 'v', description: 'show the version' },
} as const satisfies Readonly<Record<string, Flag>>

export type FlagName = keyof typeof flags

/** Flags that every command has. */
export const COMMON_FLAGS: readonly FlagName[] = ['color', 'no-color', 'help']

/** The flag's entry with all its optional fields. */
export function flagOf(name: FlagName): Flag {
  return flags[name]
}
