import type { PostWebhook } from '../webhooks/poster.ts'

/** What posts webhooks, loaded when the first one is to be posted. */
export interface LazyPoster {
  readonly post: PostWebhook
  /** Ends the connections that are kept. */
  readonly close: () => Promise<void>
}

/** Makes one. */
export function lazyPoster(): LazyPoster {
  let loaded: ReturnType<typeof load> | undefined
  return {
    post: async (post) => {
      loaded ??= load()
      return (await loaded).post(post)
    },
    close: async () => (await loaded)?.close(),
  }
}

async function load() {
  const { createPoster } = await import('../webhooks/poster.ts')
  return createPoster()
}
