import type { Metric } from '../../flow/coverage/metric.ts'

/** What metrics are called where people read them, and in `--min-coverage`. */
export const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  nodes: 'nodes',
  branches: 'branches',
  pairs: 'pairs',
  entries: 'entries',
  exits: 'exits',
  subFlows: 'sub-flows',
}
