import { type GatheredTenants, gatherTenants, type ReadTenant } from '../emulator/tenant/gather-tenants.ts'
import type { Reading } from '../model/reading.ts'
import { readAndCheck } from '../yaml/read-and-check.ts'
import { type TextFile, textsBelow } from '../yaml/texts-below.ts'

const KIND = { extensions: ['.tenant.yaml', '.tenant.yml', '.tenant.json'], folder: 'a folder of flows and tenant files' }

/** Reads every `*.tenant.yaml` below the folders. Folders that cannot be read are left to whoever reads the flows in them. Never rejects for what stands there. */
export async function loadTenants(folders: readonly string[], root: string): Promise<GatheredTenants> {
  const { files, faults } = textsBelow(folders, root, KIND)
  const readings = await Promise.all(files.map(readFile))
  const gathered = gatherTenants(readings.flatMap(({ value }) => value ?? []))
  const inFiles = [...faults.filter(({ place }) => place !== undefined), ...readings.flatMap((reading) => reading.faults ?? [])]
  return { options: gathered.options, faults: [...inFiles, ...gathered.faults] }
}

async function readFile({ file, text }: TextFile): Promise<Reading<ReadTenant>> {
  const { readTenant } = await import('../emulator/tenant/read-tenant.ts')
  return readAndCheck(text, file, (written, locator) => {
    const { value: tenant, faults } = readTenant(written, locator)
    if (faults) return { faults }
    const placeOf: ReadTenant['placeOf'] = (section, id) => locator.keyPlaceOf(id === undefined ? [section] : [section, id])
    return { value: { file, tenant, placeOf } }
  })
}
