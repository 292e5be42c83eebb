import type { Check } from '../check.ts'
import { hoursComplaints } from '../opening-hours.ts'

/** Every profile of opening hours has a real time zone and real days. */
export const checkHours: Check = ({ hours }) =>
  [...hours].flatMap(([name, profile]) =>
    hoursComplaints(profile).map(({ field, message }) => ({
      severity: 'error',
      code: 'VALIDATION_ERROR',
      message: `hours "${name}": ${message}`,
      pointer: ['hours', name, field],
    })),
  )
