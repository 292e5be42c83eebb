const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/**
 * Whether `If-Match` lets a request through that meets a resource with this strong entity tag (RFC 9110, 13.1.1): it is `*`, or a list
 * that has the tag. A tag without quotes counts as if it had them, since some clients drop them; a weak one never matches.
 */
export function matches(ifMatch: string, etag: string): boolean {
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  return tags.some((tag) => tag === '*' || (ENTITY_TAG.test(tag) ? tag : `"${tag}"`) === etag)
}
