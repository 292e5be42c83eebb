const WRITTEN = /^[ \t{,]*["']?flowId["']?[ \t]*:[ \t]*["']?([A-Za-z0-9][A-Za-z0-9._-]{0,199})/m

/** The extensions of flow files. */
export const FLOW_EXTENSIONS = ['.flow.yaml', '.flow.yml', '.flow.json'] as const

/** The id of a flow whose file cannot be parsed: as it seems to be written there, else the file's name without its extensions. */
export function guessFlowId(text: string, file: string): string {
  return WRITTEN.exec(text)?.[1] ?? nameOf(file)
}

function nameOf(file: string): string {
  const name = file.split('/').at(-1) ?? file
  const extension = FLOW_EXTENSIONS.find((known) => name.endsWith(known))
  return extension === undefined ? name : name.slice(0, -extension.length)
}
