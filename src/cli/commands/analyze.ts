import { analyze as analyzeFlows, type FlowAnalysis } from '../../flow/analysis/analyze.ts'
import type { FlowFinding, Severity } from '../../flow/analysis/flow-finding.ts'
import { analysisJson } from '../../flow/analysis/formats/analysis-json.ts'
import { analysisSarif } from '../../flow/analysis/formats/analysis-sarif.ts'
import { findingText } from '../../flow/analysis/formats/analysis-text.ts'
import { type Fault, FaultError } from '../../model/fault.ts'
import { formatFault } from '../../model/format-fault.ts'
import { type AnalyzedFlows, analyzedFlows } from '../analyzed-flows.ts'
import type { Command } from '../command.ts'
import type { CommandLine } from '../command-line.ts'
import { EXIT } from '../exit-codes.ts'
import { settingsFor } from '../settings-for.ts'
import { version } from '../version.ts'

const FORMATS = ['text', 'json', 'sarif'] as const
const FAIL_ON = ['error', 'warning', 'note', 'never'] as const
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note']

/** `cxspec analyze`: what is wrong with flows, without a call and without a tenant. */
export const analyze: Command = {
  operands: '[FLOW…]',
  operandCount: { least: 0, most: Number.POSITIVE_INFINITY },
  about:
    'Judges flows as they are written: loops by what bounds them, branches that can never be taken, nodes that no call gets to, callers\n' +
    'for whom nobody provided, variables that are read before they are set, and all that a compilation says. FLOW is a file, a folder\n' +
    'or the id of a flow; without any, all configured flows. Exits 1 where there is an error (see --severity), and 2 where a file\n' +
    'cannot be read. `# cxspec-ignore RULE: why` in a line, or above it, allows what a rule says there.',
  flags: ['format', 'severity', 'flows', 'config', 'env-file', 'quiet'],
  examples: [
    { command: 'cxspec analyze', effect: 'all configured flows' },
    { command: 'cxspec analyze scenarios/flows/menu.flow.yaml --severity warning', effect: 'one file, strictly' },
    { command: 'cxspec analyze --format sarif > flows.sarif', effect: 'for code scanning' },
  ],
  async run(line, world) {
    const format = choiceOf(line, 'format', FORMATS, 'text')
    const failOn = choiceOf(line, 'severity', FAIL_ON, 'error')
    const { settings } = settingsFor(line, world)
    const asked = analyzedFlows(line.positionals, settings.flows, world.cwd)
    for (const fault of asked.faults) world.stderr.write(`${formatFault(fault)}\n`)
    const analyses = analyzeFlows(asked.library, asked.flows)
    world.stdout.write(render(format, analyses, asked, line.has('quiet')))
    if (asked.faults.length > 0) return EXIT.faulty
    return analyses.some(({ findings }) => findings.some((finding) => counts(finding, failOn))) ? EXIT.failed : EXIT.ok
  },
}

/** What the author allows counts for nothing. */
function counts({ severity, suppressed }: FlowFinding, failOn: (typeof FAIL_ON)[number]): boolean {
  return suppressed === undefined && failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn)
}

function render(format: (typeof FORMATS)[number], analyses: readonly FlowAnalysis[], { library }: AnalyzedFlows, isQuiet: boolean): string {
  if (format === 'json') return `${JSON.stringify(analysisJson(analyses, version()), null, 2)}\n`
  if (format === 'sarif') return `${JSON.stringify(analysisSarif(analyses, library, version()), null, 2)}\n`
  const findings = analyses.flatMap((analysis) => analysis.findings).filter(({ suppressed }) => suppressed === undefined)
  const shown = findings.filter(({ severity }) => !isQuiet || severity === 'error').map((finding) => `${findingText(finding)}\n\n`)
  return `${shown.join('')}${isQuiet ? '' : `${summary(analyses, findings)}\n`}`
}

function summary(analyses: readonly FlowAnalysis[], findings: readonly FlowFinding[]): string {
  const counted = SEVERITIES.map((severity) => count(findings.filter((finding) => finding.severity === severity).length, severity))
  const suppressed = analyses.flatMap((analysis) => analysis.findings).length - findings.length
  const loops = analyses.reduce((sum, analysis) => sum + analysis.loops.length, 0)
  const allowed = suppressed === 0 ? '' : `, ${suppressed} allowed`
  return `${count(analyses.length, 'flow')} with ${count(loops, 'loop')}: ${counted.join(', ')}${allowed}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function choiceOf<Choice extends string>(
  line: CommandLine,
  flag: 'format' | 'severity',
  choices: readonly Choice[],
  usual: Choice,
): Choice {
  const text = line.text(flag)
  if (text === undefined) return usual
  const choice = choices.find((known) => known === text)
  if (choice === undefined) throw new FaultError([invalid(flag, text, choices)])
  return choice
}

function invalid(flag: string, text: string, choices: readonly string[]): Fault {
  return { code: 'INVALID_FLAG', message: `the flag --${flag} says ${JSON.stringify(text)}`, expected: choices.join(', ') }
}
