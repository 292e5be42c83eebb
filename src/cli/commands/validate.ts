import { analyze } from '../../flow/analysis/analyze.ts'
import { findingText } from '../../flow/analysis/formats/analysis-text.ts'
import { diagnose } from '../../flow/diagnose.ts'
import { toFaults } from '../../flow/diagnostic.ts'
import type { Flow } from '../../flow/flow.ts'
import type { Library } from '../../flow/library.ts'
import { loadLibrary } from '../../flow/load-library.ts'
import type { Fault } from '../../model/fault.ts'
import { formatFault } from '../../model/format-fault.ts'
import { printable } from '../../model/printable.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { askedFor, checkAskedLines, loadFiles } from '../load-files.ts'
import { loadTenants } from '../load-tenants.ts'
import { reportFiles } from '../report-environment-for.ts'
import { settingsFor } from '../settings-for.ts'
import type { World } from '../world.ts'

/** `cxspec validate`: everything that can be checked without a network and without credentials. */
export const validate: Command = {
  operands: '[PATH…]',
  operandCount: { least: 0, most: Number.POSITIVE_INFINITY },
  about:
    'Checks the configuration, scenario files, flow files and tenant files, and shows every fault of every file. Nothing is sent anywhere, and no\n' +
    'credentials are needed. Flows that do not compile are named, but are no fault: a scenario may be about just that.',
  flags: ['config', 'env-file', 'target', 'flows', 'var', 'quiet', 'pass-with-no-tests'],
  examples: [
    { command: 'cxspec validate', effect: 'everything that is configured' },
    { command: 'cxspec validate scenarios/menu.cxspec.yaml', effect: 'one file, and the flows' },
  ],
  async run(line, world) {
    const { settings } = settingsFor(line, world)
    reportFiles(settings, world)
    const counts = { files: 0, scenarios: 0, faults: 0 }
    const asked = askedFor(line, settings, world)
    checkAskedLines(asked, settings, world)
    for (const file of loadFiles(asked, settings, world)) {
      counts.files += 1
      counts.scenarios += file.suite?.scenarios.length ?? 0
      counts.faults += tell(file.faults ?? [], world)
    }
    const flows = validateFlows(settings.flows, world)
    const tenants = await loadTenants(settings.flows, world.cwd)
    const faults = counts.faults + flows.faults + tell(tenants.faults, world)
    if (!line.has('quiet')) world.stdout.write(`${summary(counts, flows)}\n${verdict(faults)}\n`)
    if (faults > 0) return EXIT.faulty
    return counts.scenarios === 0 && !line.has('pass-with-no-tests') ? EXIT.nothingSelected : EXIT.ok
  },
}

function tell(faults: readonly Fault[], world: World): number {
  for (const fault of faults) world.stderr.write(`${formatFault(fault)}\n`)
  return faults.length
}

interface FlowCounts {
  readonly flows: number
  readonly broken: number
  readonly faults: number
}

function validateFlows(folders: readonly string[], world: World): FlowCounts {
  const { flows, faults } = loadLibrary(folders, world.cwd)
  const broken = [...flows.values()].filter((flow) => diagnose(flow, flows).errors.length > 0)
  for (const flow of broken) {
    world.stderr.write(`${printable(flow.file)}: the flow "${printable(flow.flowId)}" does not compile:\n`)
    tell(toFaults(diagnose(flow, flows).errors), world)
  }
  tellFindings(flows, broken, world)
  return { flows: flows.size, broken: broken.length, faults: tell(faults, world) }
}

/** What only the analysis finds, in flows that compile: named, and no fault, since a scenario may be about just that. */
function tellFindings(flows: Library, broken: readonly Flow[], world: World): void {
  const sound = [...flows.values()].filter((flow) => !broken.includes(flow))
  const findings = analyze(flows, sound).flatMap((analysis) => analysis.findings)
  for (const finding of findings) {
    if (finding.severity !== 'note' && finding.suppressed === undefined) world.stderr.write(`${findingText(finding)}\n`)
  }
}

function summary(counts: { readonly files: number; readonly scenarios: number }, { flows, broken }: FlowCounts): string {
  const brokenPart = broken === 0 ? '' : `, of which ${broken} ${broken === 1 ? 'does' : 'do'} not compile`
  return `${count(counts.files, 'scenario file')} with ${count(counts.scenarios, 'scenario')}, ${count(flows, 'flow')}${brokenPart}`
}

function verdict(faults: number): string {
  return faults === 0 ? 'no faults' : count(faults, 'fault')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
