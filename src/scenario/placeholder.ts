import type { StepField } from '../model/suite.ts'

/** A piece of a text: what stands there literally, or a placeholder. */
export type TextPart =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'name'; readonly name: string; readonly written: string }
  | { readonly type: 'step'; readonly field: StepField; readonly written: string }
  /** It looks like a placeholder and is none. */
  | { readonly type: 'malformed'; readonly written: string }

/** `$${` (a literal `${`), `${…}`, or a `${` that is never closed. */
const PLACEHOLDER = /\$\$\{|\$\{([^{}]*)\}|\$\{/g

const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/
const STEP_FIELD = /^steps\.([A-Za-z_][A-Za-z0-9_-]*)\.([^.]+(?:\.[^.]+)*)$/

/** True where a text can hold a placeholder, or the escape of one. */
export function holdsPlaceholder(text: string): boolean {
  return text.includes('${')
}

/**
 * Takes a text apart at its placeholders: `${name}`, `${steps.ID.field}`; `$${` stands for a literal `${`. What stands
 * between the braces is a name and never an expression.
 */
export function parsePlaceholders(text: string): TextPart[] {
  const parts: TextPart[] = []
  let literal = ''
  let end = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    literal += text.slice(end, match.index)
    end = match.index + match[0].length
    if (match[0] === '$${') literal += '${'
    else {
      if (literal !== '') parts.push({ type: 'literal', text: literal })
      literal = ''
      parts.push(placeholder(match[0], match[1]))
    }
  }
  literal += text.slice(end)
  return literal === '' ? parts : [...parts, { type: 'literal', text: literal }]
}

function placeholder(written: string, content: string | undefined): TextPart {
  if (content === undefined) return { type: 'malformed', written }
  if (NAME.test(content)) return { type: 'name', name: content, written }
  const [, step, path] = STEP_FIELD.exec(content) ?? []
  return step === undefined || path === undefined
    ? { type: 'malformed', written }
    : { type: 'step', field: { step, path: path.split('.') }, written }
}
