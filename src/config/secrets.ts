import { MASK } from '../model/mask.ts'
import { isLong, LongForm } from './long-form.ts'
import { formsOf } from './secret-forms.ts'

/** What finds all secrets: one expression for short forms and the beginnings of long ones, and those long ones. */
interface Finder {
  readonly pattern: RegExp
  readonly longForms: readonly LongForm[]
}

/**
 * The values that no output may show. They are masked by value, in whatever encoding they come back: raw, percent and form
 * encoding (also half encoded), JSON escapes (also nested ones), and Base64 or base64url, alone or inside something longer.
 * The longest match wins, and a secret of any length is found. A value of fewer than 4 characters would blank out half a report and give itself away by that, so it
 * is masked only where no letter or digit stands beside it; `readCredentials` refuses credentials that short.
 */
export class Secrets {
  readonly #values = new Set<string>()
  #finder: Finder | undefined

  /** From now on `value` is masked. An empty one is ignored. */
  add(value: string): void {
    if (value === '' || this.#values.has(value)) return
    this.#values.add(value)
    this.#finder = undefined
  }

  /** The same for a client's secret, and for its `id:secret` as HTTP Basic sends it. */
  addClient(clientId: string, clientSecret: string): void {
    this.add(clientSecret)
    this.add(`${clientId}:${clientSecret}`)
    this.add(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)
  }

  /** The text with every secret replaced by `***`; the same text where there is none. */
  mask(text: string): string {
    if (this.#values.size === 0) return text
    const { pattern, longForms } = this.#compiled()
    return longForms.length === 0 ? text.replace(pattern, MASK) : maskLong(text, { pattern, longForms })
  }

  /** A copy with every secret masked, in keys and numbers too; the same value where there is none. */
  maskJson<T extends object>(value: T): T
  maskJson(value: object): unknown {
    if (this.#values.size === 0 || !this.#occursIn(JSON.stringify(value))) return value
    return this.#maskValue(value)
  }

  /** The same, and its JSON text, which has to be made anyway to look for secrets in it. */
  maskWithJson<T extends object>(value: T): { readonly value: T; readonly json: string } {
    const json = JSON.stringify(value)
    if (this.#values.size === 0 || !this.#occursIn(json)) return { value, json }
    const masked = this.maskJson(value)
    return { value: masked, json: JSON.stringify(masked) }
  }

  #occursIn(text: string): boolean {
    const { pattern } = this.#compiled()
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

  #compiled(): Finder {
    this.#finder ??= finderOf([...this.#values].sort((one, other) => other.length - one.length))
    return this.#finder
  }
}

function finderOf(values: readonly string[]): Finder {
  const forms = values.flatMap(formsOf)
  const longForms = forms.filter(isLong).map((form) => new LongForm(form))
  const patterns = forms.filter((form) => !isLong(form)).map((form) => form.join(''))
  const beginnings = longForms.map((form) => form.beginning)
  return { pattern: new RegExp([...patterns, ...new Set(beginnings)].join('|'), 'g'), longForms }
}

function maskLong(text: string, { pattern, longForms }: Finder): string {
  let masked = ''
  let end = 0
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index } = match
    masked += text.slice(end, index) + MASK
    end = Math.max(pattern.lastIndex, ...longForms.map((form) => form.endIn(text, index)))
    pattern.lastIndex = end
  }
  return masked + text.slice(end)
}
