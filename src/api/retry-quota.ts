/** Counted in tenths of a request, so that sums stay whole. */
const REQUEST = 10
const AT_FIRST = 10 * REQUEST
const FOR_EACH_CALL = 1
const AT_MOST = 100 * REQUEST

/** Thrown in place of sending a repetition that the quota does not grant. */
export class QuotaSpentError extends Error {}

/**
 * What all calls together may spend on repeated requests: 10 at first, and one more for every ten calls. A call that succeeds in the
 * end gives back what it took, so that single faults cost nothing, while a target that is down gets 10 % + 10 requests more than calls.
 */
export class RetryQuota {
  #left = AT_FIRST

  /** A call began. */
  callStarted(): void {
    this.#left = Math.min(AT_MOST, this.#left + FOR_EACH_CALL)
  }

  /** Takes one repetition out, or returns false where none is left. */
  take(): boolean {
    if (this.#left < REQUEST) return false
    this.#left -= REQUEST
    return true
  }

  /** A call that took so many repetitions succeeded. */
  giveBack(repetitions: number): void {
    this.#left = Math.min(AT_MOST, this.#left + repetitions * REQUEST)
  }
}
