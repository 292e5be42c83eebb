import type { CommandEntry } from './command.ts'

/** Every command, in the order of the help. A new one is a file and a line here. */
export const commands: readonly CommandEntry[] = [
  { name: 'run', summary: 'run scenarios and report what came of them', load: async () => (await import('./commands/run.ts')).run },
  {
    name: 'validate',
    summary: 'check scenarios, flows and configuration, without a network',
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'analyze',
    summary: 'judge flows: loops, dead ends, branches that are never taken',
    load: async () => (await import('./commands/analyze.ts')).analyze,
  },
  {
    name: 'impact',
    summary: 'tell which scenarios a change of flows affects',
    load: async () => (await import('./commands/impact.ts')).impact,
  },
  { name: 'list', summary: 'list scenarios, with their tags', load: async () => (await import('./commands/list.ts')).list },
  { name: 'report', summary: 'make reports again from a journal', load: async () => (await import('./commands/report.ts')).report },
  {
    name: 'coverage',
    summary: 'tell what the calls of runs went through, by their journals',
    load: async () => (await import('./commands/coverage.ts')).coverage,
  },
  { name: 'diff', summary: 'compare two runs by their journals', load: async () => (await import('./commands/diff.ts')).diff },
  {
    name: 'history',
    summary: 'show the trend over many runs',
    load: async () => (await import('./commands/history.ts')).history,
  },
  {
    name: 'audit',
    summary: 'verify that a journal was not changed, or list what was done to the target',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  {
    name: 'sweep',
    summary: 'stop what a run that died has left on the target',
    load: async () => (await import('./commands/sweep.ts')).sweep,
  },
  {
    name: 'emulator',
    summary: 'serve flows as CXone does, on a port',
    load: async () => (await import('./commands/emulator.ts')).emulator,
  },
  { name: 'init', summary: 'write a first configuration, scenario and flow', load: async () => (await import('./commands/init.ts')).init },
  {
    name: 'config',
    summary: 'show every setting and where it comes from',
    load: async () => (await import('./commands/config.ts')).config,
  },
  {
    name: 'schema',
    summary: 'print a JSON Schema: scenario, flow, config, results, analysis or coverage',
    load: async () => (await import('./commands/schema.ts')).schema,
  },
]
