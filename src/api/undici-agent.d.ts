/** A module of undici that its types leave out. */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici'

  // biome-ignore lint/style/noDefaultExport: that is how undici exports it
  export default Agent
}
