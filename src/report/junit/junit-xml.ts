import { createRequire } from 'node:module'
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
export function* junitXml(report: JunitReport): Generator<string> {
  yield `${rootTag(report)}\n`
  const document = builder.newBuilder().testSuite().build()
  for (const suite of report.suites) {
    const element = suiteElement(suite, document)
    yield element.toString({ pretty: true, offset: 1 })
    element.remove()
  }
  yield '</testsuites>\n'
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

function suiteElement({ name, timestamp, hostname, cases }: JunitSuite, document: Element): Element {
  const suite = builder
    .newBuilder()
    .testSuite()
    .name(name)
    .time(seconds(durationOf(cases)))
  if (timestamp !== undefined) suite.timestamp(timestamp)
  for (const testCase of cases) addCase(suite, testCase)
  const element = suite.build(document)
  if (hostname !== undefined) element.att('hostname', hostname)
  for (const [index, node] of element.children.entries()) complete(node, cases[index])
  return element
}

/** What the builder can say. */
function addCase(suite: TestSuite, { name, classname, file, durationMs, result }: JunitCase): void {
  const testCase = suite.testCase().className(classname).name(name).time(seconds(durationMs))
  if (file !== undefined) testCase.file(file)
  if (result?.element === 'failure') testCase.failure(result.message, result.type)
  if (result?.element === 'error') testCase.error(result.message, result.type)
  if (result?.element === 'skipped') testCase.skipped()
}

/** What it cannot. The result, where there is one, is the only child that it made. */
function complete(node: Node, testCase: JunitCase | undefined): void {
  if (!testCase) return
  const { line, result, output, earlier } = testCase
  if (line !== undefined) node.att('line', line)
  if (result?.element === 'skipped') node.children[0]?.att('message', result.message)
  if (result && result.text !== '') node.children[0]?.txt(result.text)
  for (const attempt of earlier) addEarlier(node, result ? 'rerunFailure' : 'flakyFailure', attempt)
  if (output !== undefined) node.ele('system-out').txt(output)
}

function addEarlier(node: Node, element: string, { message, type, text }: JunitText): void {
  node.ele(element, { message, type }).ele('stackTrace').txt(text)
}
