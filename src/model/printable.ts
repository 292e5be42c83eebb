/** Control and format characters (bidi marks among them), lone surrogates, line and paragraph separators, noncharacters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(text: string): string {
  return SHORT[text] ?? `\\u{${(text.codePointAt(0) ?? 0).toString(16)}}`
}

/**
 * The text on one line, with everything that a terminal would act on (escape sequences, control characters, bidi marks,
 * line separators, lone surrogates, invisible characters) shown as a visible escape such as `\u{1b}`, `\n` or `\t`.
 * Text that is harmless is returned as it is.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeOf)
}
