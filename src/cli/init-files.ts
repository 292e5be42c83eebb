/** A file that `cxspec init` writes. */
export interface InitFile {
  /** Relative to the working directory. */
  readonly path: string
  readonly text: string
}

const SCHEMAS = 'node_modules/cxspec/schemas'

const CONFIG = `# yaml-language-server: $schema=./${SCHEMAS}/config.schema.json
# \`cxspec config\` shows every setting and where it comes from.
target: emulator
emulator: { flows: [scenarios/flows] }
scenarios: [scenarios]
reporters: [screen, junit, json]

# A tenant of yours. Set CXSPEC_CLIENT_ID and CXSPEC_CLIENT_SECRET, then: cxspec run --target staging
# targets:
#   staging: { preset: region, region: us-1 }
`

const SCENARIO = `# yaml-language-server: $schema=../${SCHEMAS}/scenario.schema.json
suite: Welcome menu
flow: welcome
tags: [smoke]
scenarios:
  - name: every key reaches its own queue
    examples:
      - { key: "1", queue: queue_sales }
      - { key: "2", queue: queue_support }
    debug:
      dtmf: \${key}
    expect:
      path: [node_start, node_menu, ..., node_exit]
      routedTo: \${queue}

  - name: a caller who never answers is let go
    debug: { dtmf: "" }
    expect:
      path: [node_start, { repeat: node_menu, max: 3 }, node_goodbye, node_exit]
      avoids: [node_sales, node_support]

  - name: the flow compiles
    compile: {}
    expect: { status: COMPLETED, errors: none }
`

const FLOW = `# yaml-language-server: $schema=../../${SCHEMAS}/flow.schema.json
flowId: welcome
name: Welcome menu
version: "1"
nodes:
  - { id: node_start, type: Start, next: node_menu }

  - id: node_menu
    type: Menu
    prompt: For sales, press 1. For support, press 2.
    variable: selected_option
    retries: 2
    branches:
      "1": node_sales
      "2": node_support
      noInput: node_goodbye
      noMatch: node_goodbye

  - { id: node_sales, type: Queue, queue: queue_sales, next: node_exit }
  - { id: node_support, type: Queue, queue: queue_support, next: node_exit }
  - { id: node_goodbye, type: PlayPrompt, prompt: Goodbye., next: node_exit }
  - { id: node_exit, type: Exit }
`

const EDITOR = `${JSON.stringify(
  {
    'yaml.schemas': {
      [`./${SCHEMAS}/scenario.schema.json`]: ['*.cxspec.yaml', '*.cxspec.yml'],
      [`./${SCHEMAS}/flow.schema.json`]: ['*.flow.yaml', '*.flow.yml'],
      [`./${SCHEMAS}/tenant.schema.json`]: ['*.tenant.yaml', '*.tenant.yml'],
      [`./${SCHEMAS}/config.schema.json`]: ['cxspec.config.yaml'],
    },
  },
  null,
  2,
)}\n`

/** Everything that a new project needs: a configuration, a flow, scenarios that pass on it, and what the editor has to know. */
export const initFiles: readonly InitFile[] = [
  { path: 'cxspec.config.yaml', text: CONFIG },
  { path: 'scenarios/welcome.cxspec.yaml', text: SCENARIO },
  { path: 'scenarios/flows/welcome.flow.yaml', text: FLOW },
  { path: '.vscode/settings.json', text: EDITOR },
]
