const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH = MONTHS.join('|')
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'
const DAY = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun'
const LONG_DAY = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'

/** The three forms of RFC 9110, section 5.6.7. */
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^(?:${DAY}), (?<day>\\d\\d) (?<month>${MONTH}) (?<year>\\d{4}) ${TIME} GMT$`),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^(?:${LONG_DAY}), (?<day>\\d\\d)-(?<month>${MONTH})-(?<shortYear>\\d\\d) ${TIME} GMT$`),
  // Sun Nov  6 08:49:37 1994
  new RegExp(`^(?:${DAY}) (?<month>${MONTH}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
]

/**
 * Milliseconds since 1970 of an HTTP date in any of its three forms, `undefined` for anything else (a 30 February too). A year of two
 * digits is the one that lies at most 50 years after `now`.
 */
export function parseHttpDate(text: string, now: Date): number | undefined {
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups
    if (parts) return toTime(parts, now)
  }
  return undefined
}

function toTime(parts: Readonly<Record<string, string>>, now: Date): number | undefined {
  const { day, month = '', hour, minute, second } = parts
  const year = parts['shortYear'] === undefined ? Number(parts['year']) : fullYear(Number(parts['shortYear']), now)
  // A leap second is 60; Date counts it as the next minute.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, MONTHS.indexOf(month), Number(day))
  if (date.getUTCDate() !== Number(day)) return undefined
  return date.setUTCHours(Number(hour), Number(minute), Number(second))
}

function fullYear(shortYear: number, now: Date): number {
  const thisYear = now.getUTCFullYear()
  const year = thisYear - (thisYear % 100) + shortYear
  if (year > thisYear + 50) return year - 100
  return year
}
