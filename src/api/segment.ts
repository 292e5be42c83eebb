import { ProblemError } from '../model/problem.ts'

/**
 * One part of a path, percent-encoded, so that `a/b` stays one part and `%2e` stays text. Throws a `ProblemError` (`INVALID_STEP`)
 * for what no encoding makes safe: an empty text, `.`, `..` and half a surrogate pair.
 */
export function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') throw unusable(text, 'it would lead to another address')
  if (/\p{Surrogate}/u.test(text)) throw unusable(text.replace(/\p{Surrogate}/gu, '�'), 'it holds half a character')
  return encodeURIComponent(text)
}

function unusable(text: string, why: string): ProblemError {
  return new ProblemError({
    code: 'INVALID_STEP',
    message: `"${text}" cannot be an id: ${why}`,
    advice: 'write the id as the platform shows it',
  })
}
