/** The time of this machine, for tests that need real sockets. */
export { systemClock as realClock } from '../../src/cli/system-clock.ts'
