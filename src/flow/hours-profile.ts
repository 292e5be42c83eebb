/** When the contact centre is open, in a time zone. */
export interface HoursProfile {
  /** IANA name, e.g. `America/New_York`. */
  readonly timeZone: string
  readonly open: readonly OpeningTime[]
  /** Days on which nothing opens, as `YYYY-MM-DD`. @default [] */
  readonly closedOn?: readonly string[]
}

/** `to` is not part of it; where it is not after `from`, it is a time of the next day. */
export interface OpeningTime {
  readonly days: readonly Weekday[]
  /** `HH:MM`. */
  readonly from: string
  /** `HH:MM`, up to `24:00`. */
  readonly to: string
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
