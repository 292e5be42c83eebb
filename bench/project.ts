import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A folder with a configuration and scenario files, as a user has one. */
export interface BenchProject {
  readonly folder: string
  /** Arguments for node that run its scenarios. */
  readonly run: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Takes away what an earlier run left, so that the next one is cold. */
  readonly cool: () => void
  readonly remove: () => void
}

/** The command line that is measured: as built, without a loader. */
export const command = resolve(import.meta.dirname, '../dist/cli/main.js')

/** The program that cxspec is compared with. */
export const bareLoop = resolve(import.meta.dirname, 'bare-loop.mjs')

/** The text of a scenario file, by its number. */
export type ScenarioText = (index: number) => string

/** A call that goes through the menu: 25 lines. */
export const debugScenario: ScenarioText = (index) => `suite: Main menu ${index}
tags: [bench, smoke]
flow: main-menu
vars:
  queue: queue_sales
scenarios:
  - name: key 1 reaches the sales queue
    tags: [fast]
    debug:
      dtmf: "1"
      variables:
        language: en-US
    expect:
      path:
        - node_start
        - node_menu_1
        - ...
        - node_exit
      avoids: [node_error]
      exitNode: node_exit
      routedTo: \${queue}
      variables:
        selected_option: "1"
      duration:
        max: 10s
`

/** A flow that compiles. */
export const compileScenario: ScenarioText = (index) => `suite: Release ${index}
flow: main-menu
scenarios:
  - name: the main menu compiles
    compile: {}
    expect: { status: COMPLETED, errors: none }
`

/** Writes a project with \`count\` scenario files, aimed at \`baseUrl\`. */
export function makeProject(baseUrl: string, count: number, text: ScenarioText): BenchProject {
  const folder = mkdtempSync(join(tmpdir(), 'cxspec-bench-'))
  const cache = join(folder, '.cache')
  mkdirSync(join(folder, 'scenarios'))
  for (let index = 0; index < count; index += 1) writeFileSync(join(folder, `scenarios/bench-${index}.cxspec.yaml`), text(index))
  writeFileSync(join(folder, 'cxspec.config.yaml'), configuration(baseUrl))
  return {
    folder,
    run: [command, 'run', '--reporter', 'screen', '--reporter', 'junit'],
    env: { CXSPEC_CLIENT_ID: 'bench', CXSPEC_CLIENT_SECRET: 'bench-secret', XDG_CACHE_HOME: cache },
    cool: () => {
      for (const left of [join(folder, 'reports'), cache]) rmSync(left, { recursive: true, force: true })
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function configuration(baseUrl: string): string {
  return `target: bench
targets:
  bench:
    baseUrl: ${baseUrl}
    tokenUrl: /oauth/token
`
}
