/** How a command ends; a run has its own rules (`exitCodeOf`), with the same numbers. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** A bad command line, configuration, scenario or flow file. */
  faulty: 2,
  errored: 3,
  nothingSelected: 4,
  /** A bug of ours, or the end came before a verdict and its reports. */
  bug: 70,
} as const
