const MAX_LENGTH = 80

/** What is repeated of an author's text in a message: all of it, or its beginning where it is long. */
export function excerpt(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
