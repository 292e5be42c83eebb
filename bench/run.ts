/** Measures the built command and prints a table: `npm run bench`, or `npm run bench -- start-up files-1000`. */
import { existsSync } from 'node:fs'
import { benchAnalyze } from './analyze.ts'
import { benchCompileJobs, benchMakespan } from './makespan.ts'
import { command } from './project.ts'
import { type Row, table } from './row.ts'
import { benchScenarioFiles } from './scenario-files.ts'
import { benchStartUp } from './start-up.ts'

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  'start-up': benchStartUp,
  'files-1000': () => benchScenarioFiles({ count: 1_000, rounds: 5, cold: 1.8 }),
  'files-10000': () => benchScenarioFiles({ count: 10_000, rounds: 3, cold: 2.5, warm: 1.3, megabytes: 200 }),
  makespan: benchMakespan,
  'compile-jobs': benchCompileJobs,
  analyze: benchAnalyze,
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) throw new Error(`there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  if (!existsSync(command)) throw new Error('nothing is built yet: run `npm run build` first')
  const rows: Row[] = []
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue
    process.stderr.write(`${name} …\n`)
    rows.push(...(await bench()))
  }
  process.stdout.write(`${table(rows)}\n`)
}

await main(process.argv.slice(2))
