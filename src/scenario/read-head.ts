import { posix } from 'node:path'
import type { Fault } from '../model/fault.ts'
import type { Json } from '../model/json.ts'
import { fill } from './fill.ts'
import type { ScenarioFile } from './scenario-file.ts'
import type { FileSource } from './scenario-source.ts'

/** What a file says of all its scenarios. */
export interface FileHead {
  readonly name: string
  readonly tags: readonly string[]
}

type HeadSource = Pick<FileSource, 'file' | 'values' | 'hasPlaceholders' | 'faults'>

/** The suite's name (else the file's) and tags, filled in with everything but example rows. */
export function readHead(written: Pick<ScenarioFile, 'suite' | 'tags'>, source: HeadSource): FileHead {
  const { suite = posix.basename(source.file).replace(/\.cxspec\.ya?ml$/, ''), tags = [] } = written
  const name = filled(suite, 'suite', source)
  const filledTags = filled(tags, 'tags', source)
  if (typeof name !== 'string') source.faults.add(wrongType('suite', name, 'text'), ['suite'])
  if (!isTags(filledTags)) source.faults.add(wrongType('tags', filledTags, 'a list of words without spaces and brackets'), ['tags'])
  return { name: String(name), tags: isTags(filledTags) ? filledTags : [] }
}

function filled(value: Json, field: string, { values, hasPlaceholders, faults }: HeadSource): Json {
  if (!hasPlaceholders) return value
  const { value: result, complaints, references } = fill(value, values)
  for (const { fault, at } of complaints) faults.add(fault, [field, ...at])
  for (const { at } of references) faults.add(STEP_REFERENCE, [field, ...at])
  return result
}

function isTags(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((tag: Json) => typeof tag === 'string' && /^[^\s()]+$/.test(tag))
}

const STEP_REFERENCE: Fault = {
  code: 'MISPLACED_REFERENCE',
  message: 'what a step yields is not known here',
  expected: 'such a placeholder in a later step of the same scenario',
}

function wrongType(field: string, value: Json, expected: string): Fault {
  return { code: 'WRONG_TYPE', message: `${field} is ${JSON.stringify(value)} once placeholders are filled in`, expected }
}
