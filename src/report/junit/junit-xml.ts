import module from 'junit-report-builder'
import type { JunitCase, JunitReport, JunitResult, JunitSuite, JunitText } from './junit-report.ts'

/** Its declarations promise a `default` inside what Node imports; at run time the import itself is the builder. */
const builder = module as unknown as typeof module.default

type TestSuite = ReturnType<typeof builder.testSuite>
type Element = ReturnType<TestSuite['build']>
type Node = Element['children'][number]

/**
 * The report as XML, piece by piece, one suite at a time, so that no tree of the whole run stands in memory. Everything is
 * written by `junit-report-builder`; what that library cannot say is added to the tree that it makes of each suite: `line`,
 * `hostname`, the message of `<skipped>`, and earlier tries as Surefire's `<flakyFailure>` and `<rerunFailure>`. Stories are text
 * nodes instead of its CDATA, in which it splits only the first `]]>`. Times are strings in UTC, since it writes dates in local time.
 */
export function* junitXml({ name, suites }: JunitReport): Generator<string> {
  const cases = suites.flatMap((suite) => suite.cases)
  yield `${rootTag(name, cases)}\n`
  for (const suite of suites) yield `${suiteElement(suite).toString({ pretty: true, offset: 1 })}`
  yield '</testsuites>\n'
}

/** The builder's empty root, opened, with the counts of all suites. */
function rootTag(name: string, cases: readonly JunitCase[]): string {
  const counts = `tests="${cases.length}" failures="${countOf(cases, 'failure')}" errors="${countOf(cases, 'error')}"`
  const empty = builder.newBuilder().name(name).build().trimEnd()
  return empty.replace(/tests="0" failures="0" errors="0" skipped="0"\/>$/, `${counts} time="${seconds(cases)}">`)
}

function countOf(cases: readonly JunitCase[], element: JunitResult['element']): number {
  return cases.filter(({ result }) => result?.element === element).length
}

/** The sum of what the cases took, in seconds with at most three decimals; 0 where the events hold no figure. */
function seconds(cases: readonly Pick<JunitCase, 'durationMs'>[]): number {
  const ms = cases.reduce((sum, { durationMs }) => sum + Math.round(durationMs), 0)
  return Number.isFinite(ms) ? Math.max(0, ms) / 1_000 : 0
}

function suiteElement({ name, timestamp, hostname, cases }: JunitSuite): Element {
  const suite = builder.newBuilder().testSuite().name(name).time(seconds(cases))
  if (timestamp !== undefined) suite.timestamp(timestamp)
  for (const testCase of cases) addCase(suite, testCase)
  const element = suite.build()
  if (hostname !== undefined) element.att('hostname', hostname)
  for (const [index, node] of element.children.entries()) complete(node, cases[index])
  return element
}

/** What the builder can say. */
function addCase(suite: TestSuite, { name, classname, file, durationMs, result }: JunitCase): void {
  const testCase = suite
    .testCase()
    .className(classname)
    .name(name)
    .time(seconds([{ durationMs }]))
  if (file !== undefined) testCase.file(file)
  if (result?.element === 'failure') testCase.failure(result.message, result.type)
  if (result?.element === 'error') testCase.error(result.message, result.type)
  if (result?.element === 'skipped') testCase.skipped()
}

/** What it cannot. The result, where there is one, is the only child that it made. */
function complete(node: Node, testCase: JunitCase | undefined): void {
  if (!testCase) return
  const { line, result, earlier } = testCase
  if (line !== undefined) node.att('line', line)
  if (result?.element === 'skipped') node.children[0]?.att('message', result.message)
  if (result && result.text !== '') node.children[0]?.txt(result.text)
  for (const attempt of earlier) addEarlier(node, result ? 'rerunFailure' : 'flakyFailure', attempt)
}

function addEarlier(node: Node, element: string, { message, type, text }: JunitText): void {
  node.ele(element, { message, type }).ele('stackTrace').txt(text)
}
