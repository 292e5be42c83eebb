import { createLibrary, type Library } from '../../src/flow/library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'

const MAIN_MENU = `
flowId: main-menu
name: Main menu
version: "3"
variables: { selected_option: "" }
nodes:
  - { id: node_start, type: Start, next: node_menu_1 }
  - id: node_menu_1
    type: Menu
    prompt: For sales, press 1.
    variable: selected_option
    branches: { "1": node_route_sales, default: node_exit, noInput: node_exit }
  - { id: node_route_sales, type: Queue, queue: queue_sales, next: node_exit }
  - { id: node_exit, type: Exit }
`

const DEAD_END = `
flowId: dead-end
nodes:
  - { id: node_start, type: Start, next: node_menu_1 }
  - id: node_menu_1
    type: Menu
    prompt: For the part that works, press 1.
    branches: { "1": node_exit, "2": node_missing, default: node_exit, noInput: node_exit }
  - { id: node_exit, type: Exit }
`

const NO_YAML = `flowId: no-yaml
nodes:
  - { id: node_start, type: Start, next: [
`

const CIRCLE = `
flowId: circle
nodes:
  - { id: node_start, type: Start, next: node_one }
  - { id: node_one, type: PlayPrompt, prompt: one, next: node_menu }
  - id: node_menu
    type: Menu
    prompt: To leave, press 1.
    branches: { "1": node_exit, default: node_one, noInput: node_one }
  - { id: node_exit, type: Exit }
`

const ACTION_FAILS = `
flowId: action-fails
actions: { lookup: { fault: the billing system did not answer } }
nodes:
  - { id: node_start, type: Start, next: node_lookup }
  - { id: node_lookup, type: DataAction, actionId: lookup, next: node_exit }
  - { id: node_exit, type: Exit }
`

const DRAFT = `
flowId: draft
published: false
nodes:
  - { id: node_start, type: Start, next: node_exit }
  - { id: node_exit, type: Exit }
`

/** Flows of every sort that the emulator has to tell apart. */
export function testFlows(): Library {
  const texts = {
    'main-menu': MAIN_MENU,
    'dead-end': DEAD_END,
    'no-yaml': NO_YAML,
    circle: CIRCLE,
    'action-fails': ACTION_FAILS,
    draft: DRAFT,
  }
  return createLibrary(Object.entries(texts).map(([name, text]) => readFlow(text, `flows/${name}.flow.yaml`)))
}
