import type { Fault } from '../model/fault.ts'
import type { Reading } from '../model/reading.ts'
import { TextPlaces } from './text-places.ts'

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const lenientUtf8 = new TextDecoder('utf-8')

/** Decodes UTF-8, with or without a byte order mark. Other encodings, broken UTF-8 and NUL are faults with their place. */
export function decodeText(bytes: Uint8Array, file: string): Reading<string> {
  if (isUtf16(bytes)) return { faults: [utf16(file)] }
  const text = decoded(bytes)
  if (text === undefined) return { faults: [brokenUtf8(bytes, file)] }
  const nul = text.indexOf('\0')
  return nul === -1 ? { value: text } : { faults: [nulCharacter(text, nul, file)] }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** By its byte order mark, or by a first character that takes two bytes. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  return (first === 0 && second !== 0 && second !== undefined) || (second === 0 && first !== 0)
}

function utf16(file: string): Fault {
  return {
    code: 'NOT_UTF8',
    message: 'the file is encoded in UTF-16',
    place: { file, line: 1, column: 1 },
    expected: 'UTF-8',
    advice: SAVE_AS,
  }
}

const SAVE_AS = 'save it as UTF-8; in VS Code: "Change File Encoding" in the status bar'

/** Where decoding first goes wrong is where the text stops being what its own bytes say. */
function brokenUtf8(bytes: Uint8Array, file: string): Fault {
  const before = lenientUtf8.decode(bytes.subarray(0, firstBrokenByte(bytes)))
  const place = new TextPlaces(lenientUtf8.decode(bytes), file).placeOf(before.length)
  return { code: 'NOT_UTF8', message: 'here is a byte that is not UTF-8', place, expected: 'UTF-8', advice: SAVE_AS }
}

function firstBrokenByte(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isUtf8Prefix(bytes.subarray(0, middle))) low = middle
    else high = middle
  }
  return low
}

/** A character that is cut off at the end does no harm here. */
function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function nulCharacter(text: string, offset: number, file: string): Fault {
  return {
    code: 'NUL_CHARACTER',
    message: 'here is a NUL character',
    place: new TextPlaces(text, file).placeOf(offset),
    expected: 'text',
    advice: 'remove it; is this a text file at all?',
  }
}
