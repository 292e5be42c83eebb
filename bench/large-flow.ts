/** The text of a sound flow of so many nodes: prompts, menus, counters and conditions, with a counted loop in every five nodes. */
export function largeFlow(nodeCount: number): string {
  const last = nodeCount - 1
  const nodes = Array.from({ length: Math.max(0, last - 1) }, (_none, index) => nodeAt(index + 1, last))
  return [
    'flowId: large',
    'variables: { tier: basic }',
    'nodes:',
    '  - { id: n0, type: Start, next: n1 }',
    ...nodes,
    `  - { id: n${last}, type: Exit }`,
    '',
  ].join('\n')
}

function nodeAt(index: number, last: number): string {
  const [next, further] = [`n${index + 1}`, `n${Math.min(last, index + 7)}`]
  const { [index % 5]: parts = '' } = [
    `type: PlayPrompt, prompt: Text ${index}, next: ${next}`,
    `type: Menu, prompt: Menu ${index}, retries: 2, branches: { "1": ${next}, "2": ${further}, noInput: ${next}, noMatch: ${further} }`,
    `type: SetVariable, set: { v${index % 40}: "${index}" }, next: ${next}`,
    `type: Condition, if: { variable: tier, equals: gold }, branches: { then: ${next}, else: ${further} }`,
    `type: Loop, repeat: 2, branches: { Repeat: n${index - 3}, Finished: ${next} }`,
  ]
  return `  - { id: n${index}, ${parts} }`
}
