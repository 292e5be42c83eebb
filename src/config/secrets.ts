/** What stands in an output where a secret would have stood. */
const MASK = '***'

/** A value shorter than this is masked only where it stands alone; see {@link Secrets}. */
export const SHORT_SECRET_LENGTH = 4

/** Base64 letters at the edges of an embedded value depend on its neighbours; a core shorter than this could be anything. */
const MIN_BASE64_CORE = 6

/**
 * The values that no output may show. They are masked by value, in whatever encoding they come back: raw, percent and form
 * encoding (also half encoded), JSON escapes (also nested ones), and Base64 or base64url, alone or inside something longer.
 * The longest match wins. A value of fewer than 4 characters would blank out half a report and give itself away by that, so it
 * is masked only where no letter or digit stands beside it; `readCredentials` refuses credentials that short.
 */
export class Secrets {
  readonly #values = new Set<string>()
  #pattern: RegExp | undefined

  /** From now on `value` is masked. An empty one is ignored. */
  add(value: string): void {
    if (value === '' || this.#values.has(value)) return
    this.#values.add(value)
    this.#pattern = undefined
  }

  /** The same for a client's secret, and for its `id:secret` as HTTP Basic sends it. */
  addClient(clientId: string, clientSecret: string): void {
    this.add(clientSecret)
    this.add(`${clientId}:${clientSecret}`)
    this.add(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)
  }

  /** The text with every secret replaced by `***`; the same text where there is none. */
  mask(text: string): string {
    return this.#values.size === 0 ? text : text.replace(this.#compiled(), MASK)
  }

  /** A copy with every secret masked, in keys and numbers too; the same value where there is none. */
  maskJson<T extends object>(value: T): T
  maskJson(value: object): unknown {
    if (this.#values.size === 0 || !this.#occursIn(JSON.stringify(value))) return value
    return this.#maskValue(value)
  }

  #occursIn(text: string): boolean {
    const pattern = this.#compiled()
    pattern.lastIndex = 0
    return pattern.test(text)
  }

  #maskValue(value: unknown): unknown {
    if (typeof value === 'string') return this.mask(value)
    if (typeof value === 'number') return this.#occursIn(String(value)) ? MASK : value
    if (Array.isArray(value)) return value.map((item) => this.#maskValue(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.mask(key), this.#maskValue(item)]))
  }

  #compiled(): RegExp {
    this.#pattern ??= new RegExp(
      [...this.#values]
        .sort((one, other) => other.length - one.length)
        .flatMap(patternsOf)
        .join('|'),
      'g',
    )
    return this.#pattern
  }
}

function patternsOf(value: string): string[] {
  const plain = [...value].map(characterPattern).join('')
  if (value.length < SHORT_SECRET_LENGTH) return [`(?<![A-Za-z0-9])(?:${plain})(?![A-Za-z0-9])`]
  return [plain, ...base64Patterns(value)]
}

/** One character in any of the forms that encoders give it, so that text that is encoded in part is recognised too. */
function characterPattern(character: string): string {
  const percent = [...Buffer.from(character, 'utf8')].map((byte) => `%(?:25)*${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  const units = character
    .split('')
    .map((unit) => `\\\\+u${anyCase(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('')
  return `(?:${[literal(character), percent, units].join('|')})`
}

const JSON_SHORT: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f', '"': '"', '/': '/' }

function literal(character: string): string {
  if (character === '\\') return '\\\\+'
  if (character === ' ') return '[ +]'
  const short = JSON_SHORT[character]
  return short === undefined ? escapeRegExp(character) : `${escapeRegExp(character)}|\\\\+${escapeRegExp(short)}`
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}

/** The letters that Base64 gives the value at each of the three offsets that it may have inside a longer text. */
function base64Patterns(value: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value, 'utf8')])
    const letters = bytes.toString('base64').replaceAll('=', '')
    const core = letters.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6))
    if (core.length < MIN_BASE64_CORE) return offset === 0 ? [`(?<![A-Za-z0-9+/_-])${base64Letters(letters)}={0,2}(?![A-Za-z0-9+/_-])`] : []
    const edge = letters.slice(core.length + Math.ceil((offset * 8) / 6))
    return [`${base64Letters(core)}(?:${edge === '' ? '' : base64Letters(edge)}={0,2})?`]
  })
}

/** Both alphabets: `+/` and `-_`, and percent-encoded, as a URL carries them. */
function base64Letters(letters: string): string {
  return letters.replace(/[+/]/g, (letter) => (letter === '+' ? '(?:[-+]|%2[bB])' : '(?:[/_]|%2[fF]|\\\\+/)'))
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
