/** One placeholder and nothing else: what schemas of scenario files accept beside a number, a list and so on. */
export const ONE_PLACEHOLDER = '^\\$\\{[^{}]*\\}$'

/** Text that holds a placeholder, or its escape: what it becomes is judged once it is filled in. */
export const HOLDS_PLACEHOLDER = '\\$\\{'
