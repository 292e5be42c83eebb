/** `##vso[…]`, `##[…]` and `##teamcity[…]`: Azure Pipelines, GitHub and TeamCity look for these anywhere in a line. */
const HASH_COMMAND = /##(?=\w*\[)/g

/** `::error::…`: GitHub takes a line that begins with it, whatever white space stands before. Colours may be lost on the way there. */
const COLON_COMMAND = /^((?:\s|\p{Cc}\[[\d;]*m)*)(?=::)/gmu

/**
 * The text without anything that a CI system would take for a command to itself: names, messages and answers of a target may
 * contain one, and they are only ever to be read. A backslash breaks it and keeps it readable.
 */
export function defuse(text: string): string {
  return text.replace(HASH_COMMAND, '#\\#').replace(COLON_COMMAND, '$1\\')
}
