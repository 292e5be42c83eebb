import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join, posix, relative, sep } from 'node:path'
import { scenarioJson } from '../json/scenario-json.ts'
import { repositoryPath } from '../path-from-repository.ts'
import type { ScenarioReport } from '../run-report.ts'

/** So many scenarios that did not pass have a file of their own; all of them stand in the JSON report. */
const MAX_FILES = 500

/** And so much of them is kept until they are written, in characters. */
const MAX_LENGTH = 20_000_000

/** What the files are called: part of the id, then a mark that makes it unique. */
const OWN_FILE = /^[\w.-]{0,80}-[0-9a-f]{12}\.json$/

/**
 * Files beside a JUnit report, one for each scenario that did not pass, with everything about it as in the JSON report: CI systems offer
 * them for download where they show the case. They stand in a folder named after the report: `junit-attachments/`.
 */
export class Attachments {
  readonly #folder: string
  readonly #shown: string
  readonly #texts = new Map<string, string>()
  #length = 0

  /** `file` is the report's; `fromRepository` leads from the repository to the working directory. */
  constructor(file: string, fromRepository: string) {
    this.#folder = join(file, '..', `${basename(file, extname(file))}-attachments`)
    const fromHere = relative(process.cwd(), this.#folder).split(sep).join('/')
    this.#shown = fromHere.startsWith('..') ? this.#folder : repositoryPath(fromRepository, fromHere)
  }

  /** Takes a scenario in, and yields the path of its file from the root of the repository; `undefined` where there are too many. */
  add(scenario: ScenarioReport): string | undefined {
    if (this.#texts.size >= MAX_FILES || this.#length > MAX_LENGTH) return undefined
    const text = scenarioJson(scenario)
    const name = fileName(scenario.id)
    this.#texts.set(name, `${text}\n`)
    this.#length += text.length
    return posix.join(this.#shown, name)
  }

  /** Writes them, and removes those of an earlier run. */
  async write(): Promise<void> {
    await this.#removeEarlier()
    if (this.#texts.size === 0) return
    await mkdir(this.#folder, { recursive: true })
    for (const [name, text] of this.#texts) await writeFile(join(this.#folder, name), text)
  }

  async #removeEarlier(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => [])
    for (const name of names.filter((each) => OWN_FILE.test(each))) await rm(join(this.#folder, name), { force: true })
  }
}

function fileName(id: string): string {
  const readable = id.replace(/[^\w.-]+/g, '-').slice(-80)
  return `${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 12)}.json`
}
