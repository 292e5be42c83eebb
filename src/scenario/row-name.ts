import type { Json } from '../model/json.ts'
import type { Row } from './scenario-file.ts'

const MAX_LENGTH = 60

/**
 * What an example row adds to the scenario's name: ` [key=1, queue=queue_sales]`. Long values are cut, and then the number
 * of the row (from 1) keeps the name unique.
 */
export function rowName(row: Row, number: number): string {
  const shown = Object.entries(row).map(([name, value]) => `${name}=${show(value ?? null)}`)
  const cut = shown.map((text) => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text))
  const isCut = cut.some((text, index) => text !== shown[index])
  return ` [${cut.join(', ')}]${isCut ? ` #${number}` : ''}`
}

function show(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
