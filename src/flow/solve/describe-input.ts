import type { CallInput } from './solution.ts'

/** An input in words: `dtmf "12", then silence`, `speech "sales"`, `variables {"tier":"gold"}`. */
export function describeInput({ entry, dtmf, speech, variables, answers }: CallInput): string {
  const parts = [
    ...(entry === 'main' ? [] : [`the entry "${entry}"`]),
    ...(dtmf === '' ? [] : [`dtmf ${JSON.stringify(dtmf)}`]),
    ...(speech === '' ? [] : [`speech ${JSON.stringify(speech)}`]),
    ...(Object.keys(variables).length === 0 ? [] : [`variables ${JSON.stringify(variables)}`]),
    ...Object.entries(answers).map(([action, answer]) => `the action "${action}" answering ${JSON.stringify(answer)}`),
  ]
  return parts.length === 0 ? 'no input at all' : parts.join(', ')
}
