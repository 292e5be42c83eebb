import { createRequire } from 'node:module'
import type { Dialect } from './dialect.ts'
import { durationOf, type JunitCase, type JunitReport, type JunitSuite, type JunitText } from './junit-report.ts'

type Builder = typeof import('junit-report-builder').default

// Required and not imported: to import a CommonJS package of this size, Node reads all of it once more, for 30 ms.
const builder: Builder = createRequire(import.meta.url)('junit-report-builder')

type TestSuite = ReturnType<Builder['testSuite']>
type Element = ReturnType<TestSuite['build']>
type Node = Element['children'][number]

/**
 * The report as XML, piece by piece, one suite at a time, so that no tree of the whole run stands in memory. Everything is
 * written by `junit-report-builder`; what that library cannot say is added to the tree that it makes of each suite: `line`,
 * `hostname`, the message of `<skipped>`, and earlier tries as Surefire's `<flakyFailure>` and `<rerunFailure>`. Stories are text
 * nodes instead of its CDATA, in which it splits only the first `]]>`. Times are strings in UTC, since it writes dates in local time.
 */
export function* junitXml(report: JunitReport, dialect: Dialect): Generator<string> {
  yield `${rootTag(report)}\n`
  const document = builder.newBuilder().testSuite().build()
  const propertiesXml = propertiesWriter(document)
  for (const suite of report.suites) {
    const element = suiteElement(suite, document, dialect)
    yield withProperties(element.toString({ pretty: true, offset: 1 }), propertiesXml(suite.properties))
    element.remove()
  }
  yield '</testsuites>\n'
}

/** Writes the properties of a suite, once for all suites that share them: to build them anew for each takes as long as its cases. */
function propertiesWriter(document: Element): (properties: JunitSuite['properties']) => string {
  let known: { readonly properties: JunitSuite['properties']; readonly xml: string } | undefined
  return (properties) => {
    if (known?.properties === properties) return known.xml
    const suite = builder.newBuilder().testSuite()
    for (const { name, value } of properties) suite.property(name, value)
    const element = suite.build(document)
    const lines = element.toString({ pretty: true, offset: 1 }).trimEnd().split('\n')
    element.remove()
    known = { properties, xml: linesBetweenTags(lines) }
    return known.xml
  }
}

function linesBetweenTags(lines: readonly string[]): string {
  return lines
    .slice(1, -1)
    .map((line) => `${line}\n`)
    .join('')
}

/** A suite with its properties before its cases: its first line is its opening tag, in whose attributes line ends are escaped. */
function withProperties(suiteXml: string, propertiesXml: string): string {
  const behindTag = suiteXml.indexOf('\n') + 1
  return suiteXml.slice(0, behindTag) + propertiesXml + suiteXml.slice(behindTag)
}

/** The builder's empty root, opened, with the counts of all suites. */
function rootTag({ name, tests, failures, errors, durationMs }: JunitReport): string {
  const empty = builder.newBuilder().name(name).build().trimEnd()
  const counts = `tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds(durationMs)}"`
  return empty.replace(/tests="0" failures="0" errors="0" skipped="0"\/>$/, `${counts}>`)
}

/** In seconds with at most three decimals. */
function seconds(ms: number): number {
  return Math.round(ms) / 1_000
}

function suiteElement({ name, timestamp, hostname, cases }: JunitSuite, document: Element, dialect: Dialect): Element {
  const suite = builder
    .newBuilder()
    .testSuite()
    .name(name)
    .time(seconds(durationOf(cases)))
  if (timestamp !== undefined) suite.timestamp(timestamp)
  for (const testCase of cases) addCase(suite, testCase, dialect)
  const element = suite.build(document)
  if (hostname !== undefined) element.att('hostname', hostname)
  for (const [index, node] of element.children.entries()) complete(node, cases[index], dialect)
  return element
}

/** What the builder can say. */
function addCase(suite: TestSuite, testCaseOf: JunitCase, { hasPlaces, hasCaseProperties }: Dialect): void {
  const { name, classname, file, durationMs, result, properties } = testCaseOf
  const testCase = suite.testCase().className(classname).name(name).time(seconds(durationMs))
  if (file !== undefined && hasPlaces) testCase.file(file)
  if (hasCaseProperties) for (const property of properties) testCase.property(property.name, property.value)
  if (result?.element === 'failure') testCase.failure(result.message, result.type)
  if (result?.element === 'error') testCase.error(result.message, result.type)
  if (result?.element === 'skipped') testCase.skipped()
}

/** What it cannot. The result, where there is one, is the last child that it made. */
function complete(node: Node, testCase: JunitCase | undefined, dialect: Dialect): void {
  if (!testCase) return
  const { line, result, earlier } = testCase
  if (line !== undefined && dialect.hasPlaces) node.att('line', line)
  const element = result && node.children.at(-1)
  if (result?.element === 'skipped') element?.att('message', result.message)
  if (result && result.text !== '') element?.txt(result.text)
  for (const attempt of earlier) addEarlier(node, result ? 'rerunFailure' : 'flakyFailure', attempt)
  const output = outputOf(testCase, dialect)
  if (output !== '') node.ele('system-out').txt(output)
}

/** What stands beside the verdict: the file with everything about the case comes first, since some readers take only the first line. */
function outputOf({ attachment, output, properties }: JunitCase, { hasCaseProperties }: Dialect): string {
  return [
    ...(attachment === undefined ? [] : [`[[ATTACHMENT|${attachment}]]`]),
    ...(output === undefined ? [] : [output]),
    ...(hasCaseProperties ? [] : properties.map(({ name, value }) => `${name}: ${value}`)),
  ].join('\n')
}

function addEarlier(node: Node, element: string, { message, type, text }: JunitText): void {
  node.ele(element, { message, type }).ele('stackTrace').txt(text)
}
