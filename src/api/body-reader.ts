import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** What stands at the beginning of a body is kept for messages, up to this size. */
const BEGINNING_BYTES = 16_384
/** Nobody stacks codings; a bound keeps a header from costing one decompressor for each of its words. */
const MAX_CODINGS = 3

type BodyReaderOptions = {
  /** The `content-encoding` of the answer. */
  readonly encoding: string | undefined
  readonly limitBytes: number
  readonly done: (body: Uint8Array) => void
  readonly failed: (fault: 'too-large' | 'unreadable', message: string, cause?: unknown) => void
}

/**
 * Gathers the body of an answer, undoing gzip, deflate and br. Never holds more than the limit: it counts bytes as they come out
 * of the decompressor, and as they went in, and stops at the first one too many.
 */
export class BodyReader {
  readonly #options: BodyReaderOptions
  readonly #chunks: Uint8Array[] = []
  #receivedBytes = 0
  #bytes = 0
  #decoders: readonly Transform[] | undefined
  #stopped = false

  constructor(options: BodyReaderOptions) {
    this.#options = options
  }

  /** Takes the next bytes from the wire. Returns false where the sender should pause until `onDrain` calls back. */
  write(chunk: Uint8Array, onDrain: () => void): boolean {
    if (this.#stopped) return true
    this.#receivedBytes += chunk.length
    if (this.#receivedBytes > this.#options.limitBytes) return this.#tooLarge(this.#receivedBytes)
    this.#decoders ??= this.#open(chunk)
    const first = this.#decoders[0]
    if (!first) return this.#gather(chunk)
    if (first.write(chunk)) return true
    first.once('drain', onDrain)
    return false
  }

  end(): void {
    if (this.#stopped) return
    const first = this.#decoders?.[0]
    if (first) first.end()
    else this.#options.done(this.beginning(Number.POSITIVE_INFINITY))
  }

  /** Gives up; nothing is reported any more. */
  stop(): void {
    this.#stopped = true
    for (const decoder of this.#decoders ?? []) decoder.destroy()
  }

  /** What has been gathered, at most about `bytes` of it. */
  beginning(bytes = BEGINNING_BYTES): Uint8Array {
    const [only] = this.#chunks
    if (only && this.#chunks.length === 1) return only.subarray(0, bytes)
    return Buffer.concat(this.#chunks, Math.min(bytes, this.#bytes))
  }

  #gather(chunk: Uint8Array): true {
    if (this.#stopped) return true
    this.#bytes += chunk.length
    if (this.#bytes > this.#options.limitBytes) return this.#tooLarge(this.#bytes)
    this.#chunks.push(chunk)
    return true
  }

  #tooLarge(seenBytes: number): true {
    const { limitBytes } = this.#options
    const unpacked = this.#decoders?.length ? ` after decompression, from ${this.#receivedBytes} received` : ''
    return this.#fail('too-large', `the answer is larger than the limit of ${limitBytes} bytes: ${seenBytes} bytes were seen${unpacked}`)
  }

  #fail(fault: 'too-large' | 'unreadable', message: string, cause?: unknown): true {
    this.stop()
    this.#options.failed(fault, message, cause)
    return true
  }

  /** The decompressors, the outermost coding first, piped into each other and into `#gather`. */
  #open(chunk: Uint8Array): readonly Transform[] {
    const codings = (this.#options.encoding ?? '')
      .toLowerCase()
      .split(',')
      .map((coding) => coding.trim())
      .filter((coding) => coding !== '' && coding !== 'identity')
    const decoders = codings.reverse().map((coding) => decoderFor(coding, chunk))
    if (decoders.length > MAX_CODINGS || decoders.includes(undefined)) {
      this.#fail('unreadable', `the answer is encoded in a way that was not asked for: ${codings.join(', ').slice(0, 60)}`)
      return []
    }
    const known = decoders.filter((decoder) => decoder !== undefined)
    for (const [index, decoder] of known.entries()) this.#connect(decoder, known[index + 1])
    return known
  }

  #connect(decoder: Transform, next: Transform | undefined): void {
    decoder.on('error', (error) => {
      if (!this.#stopped) this.#fail('unreadable', `the answer does not decompress: ${error.message}`, error)
    })
    if (next) return void decoder.pipe(next)
    decoder.on('data', (chunk: Uint8Array) => this.#gather(chunk))
    decoder.on('end', () => {
      if (!this.#stopped) this.#options.done(this.beginning(Number.POSITIVE_INFINITY))
    })
  }
}

function decoderFor(coding: string, beginning: Uint8Array): Transform | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip()
  if (coding === 'br') return createBrotliDecompress()
  // Some servers send the bare stream of RFC 1951 without the header of RFC 1950; its first byte tells them apart.
  if (coding === 'deflate') return ((beginning[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
  return undefined
}
