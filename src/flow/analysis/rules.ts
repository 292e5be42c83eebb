import type { RuleId } from '../rule.ts'

/** What a rule says, for people and for tools that list rules. */
export interface Rule {
  readonly summary: string
  readonly help: string
}

/** Every rule of the analysis. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  syntax: { summary: 'The file can be read', help: 'A file that is no YAML or JSON holds no flow.' },
  'invalid-node': {
    summary: 'Every part of the flow can work',
    help: 'A node that lacks what its type needs breaks each call that comes to it.',
  },
  'unknown-name': {
    summary: 'Every name exists',
    help: 'Variables, opening hours, actions, flows and entries that are used have to be defined.',
  },
  'dangling-target': { summary: 'Every branch leads to a node', help: 'A call that takes a branch to nowhere breaks.' },
  'duplicate-id': { summary: 'Every id is there once', help: 'Of two nodes with the same id only the first is ever visited.' },
  'duplicate-key': { summary: 'Every choice is there once', help: 'Of two choices for the same key or phrase only one is ever taken.' },
  'missing-branch': {
    summary: 'Callers who enter nothing, or something else, are provided for',
    help: 'Give the node branches noInput and noMatch, or default: without them the call breaks.',
  },
  'unreachable-node': { summary: 'Calls get to every node', help: 'Lead a branch to the node, or remove it.' },
  'branch-never-taken': {
    summary: 'Every branch can be taken',
    help: 'Everything that a caller can enter, a variable, the time and an answer can be was tried: remove the branch, or mend what decides.',
  },
  'dead-end': { summary: 'Every call can come to an end', help: 'Lead a branch to a node of type Exit.' },
  'unset-variable': {
    summary: 'Variables are set before they are read',
    help: 'Declare the variable under variables, or set it on every way that leads to where it is read.',
  },
  'recursive-call': {
    summary: 'No flow calls itself',
    help: 'Each round takes a call one level deeper, and it has to come back through all of them: lead back by a branch instead.',
  },
  'unguarded-loop': {
    summary: 'Nobody is trapped in a loop',
    help: 'Let something on the way wait for the caller, count (a node of type Loop), or change the variable that decides.',
  },
  'endless-retry': {
    summary: 'Callers who stay silent come to an end',
    help: 'Count the tries with a node of type Loop, or with retries, and lead on when they are used up.',
  },
}

/** Whether a text is the name of a rule. */
export function isRule(name: string): name is RuleId {
  return Object.hasOwn(RULES, name)
}
