import { normalizeSpeech } from './speech.ts'

const SILENCE_MS: ReadonlyMap<string, number> = new Map([
  [',', 2_000],
  ['W', 500],
])

/** How a node listens for keys. */
export interface KeyRules {
  readonly maxDigits: number
  readonly terminator?: string
  /** True where the terminator, pressed first, is an entry of its own. */
  readonly terminatorIsChoice: boolean
  readonly timeoutMs: number
  readonly interDigitTimeoutMs: number
}

/** The other end of the line: gives out keys, pauses and utterances in their order, each once. After the last there is silence for ever. */
export class Caller {
  readonly #keys: string
  readonly #utterances: string[]
  #position = 0
  /** How much of the pause at the position has gone by already, in milliseconds. */
  #waitedMs = 0

  /** Keys in either case; each line of speech is an utterance. */
  constructor(dtmf: string, speech: string) {
    this.#keys = dtmf.toUpperCase()
    this.#utterances = speech.split('\n').filter((line) => normalizeSpeech(line) !== '')
  }

  /** Whether a key is still to come, at whatever time. */
  get hasKeys(): boolean {
    for (let index = this.#position; index < this.#keys.length; index += 1) {
      if (!SILENCE_MS.has(this.#keys.charAt(index))) return true
    }
    return false
  }

  /** What the caller says next, without saying it yet. */
  get nextUtterance(): string | undefined {
    return this.#utterances[0]
  }

  /** Says the next utterance. */
  speak(): string | undefined {
    return this.#utterances.shift()
  }

  /**
   * Presses keys until the node has enough, the terminator comes, or a pause is too long. Empty: nothing was entered in time.
   * A terminator right behind the last key that the node takes still belongs to the entry: who is asked for it presses it.
   */
  press(rules: KeyRules): string {
    let entry = ''
    while (entry.length < rules.maxDigits && this.#waitForKey(entry === '' ? rules.timeoutMs : rules.interDigitTimeoutMs)) {
      const key = this.#keys.charAt(this.#position)
      this.#position += 1
      if (key === rules.terminator && !(entry === '' && rules.terminatorIsChoice)) return entry
      entry += key
    }
    if (entry.length === rules.maxDigits && this.#keys.charAt(this.#position) === rules.terminator) this.#position += 1
    return entry
  }

  /** Lets pauses go by. True where the next key comes before the limit; else the rest of the pause is left for the next node. */
  #waitForKey(limitMs: number): boolean {
    let leftMs = limitMs
    for (;;) {
      const pauseMs = SILENCE_MS.get(this.#keys.charAt(this.#position))
      if (pauseMs === undefined) return this.#position < this.#keys.length
      const restMs = pauseMs - this.#waitedMs
      if (restMs >= leftMs) {
        this.#waitedMs += leftMs
        return false
      }
      leftMs -= restMs
      this.#position += 1
      this.#waitedMs = 0
    }
  }
}
