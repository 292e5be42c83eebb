/** Base64 letters at the edges of an embedded value depend on its neighbours; a core shorter than this could be anything. */
const MIN_BASE64_CORE = 6

/** A value shorter than this is masked only where it stands alone. */
export const SHORT_SECRET_LENGTH = 4

/** One way to write a secret: the patterns of its characters, in order. None of them can match what belongs to the next one. */
export type SecretForm = readonly string[]

/**
 * The forms in which a value may come back: raw, percent and form encoding (also half encoded), JSON escapes (also nested ones),
 * and Base64 or base64url, alone or inside something longer.
 */
export function formsOf(value: string): readonly SecretForm[] {
  const plain = (value.match(/\\+|[^\\]/gu) ?? []).map(characterPattern)
  if (value.length < SHORT_SECRET_LENGTH) return [[`(?<![A-Za-z0-9])(?:${plain.join('')})(?![A-Za-z0-9])`]]
  return [plain, ...base64Forms(value)]
}

/** One character in any of the forms that encoders give it, so that text that is encoded in part is recognised too. */
function characterPattern(character: string): string {
  // Escaping doubles backslashes, and nobody can tell where in a row of them the next character begins: a row is one.
  if (character.startsWith('\\')) return '(?:\\\\|%(?:25)*5[cC]|u005[cC])+'
  const percent = [...Buffer.from(character, 'utf8')].map((byte) => `%(?:25)*${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  const units = character
    .split('')
    .map((unit) => `\\\\+u${anyCase(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('')
  return `(?:${[literal(character), percent, units].join('|')})`
}

const JSON_SHORT: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f', '"': '"', '/': '/' }

function literal(character: string): string {
  if (character === ' ') return '[ +]'
  const short = JSON_SHORT[character]
  return short === undefined ? escapeRegExp(character) : `${escapeRegExp(character)}|\\\\+${escapeRegExp(short)}`
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}

/** The letters that Base64 gives the value at each of the three offsets that it may have inside a longer text. */
function base64Forms(value: string): SecretForm[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value, 'utf8')])
    const letters = bytes.toString('base64').replaceAll('=', '')
    const core = letters.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6))
    if (core.length < MIN_BASE64_CORE)
      return offset === 0 ? [[`(?<![A-Za-z0-9+/_-])${base64Letters(letters).join('')}={0,2}(?![A-Za-z0-9+/_-])`]] : []
    const edge = letters.slice(core.length + Math.ceil((offset * 8) / 6))
    return [[...base64Letters(core), `(?:${base64Letters(edge).join('')}={0,2})?`]]
  })
}

/** Both alphabets: `+/` and `-_`, and percent-encoded, as a URL carries them. */
function base64Letters(letters: string): string[] {
  return [...letters].map((letter) => BASE64_SPECIAL[letter] ?? letter)
}

const BASE64_SPECIAL: Readonly<Record<string, string>> = { '+': '(?:[-+]|%2[bB])', '/': '(?:[/_]|%2[fF]|\\\\+/)' }

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
