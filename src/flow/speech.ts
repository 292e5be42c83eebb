/** Speech for comparison: lower case, without punctuation, words parted by single spaces. */
export function normalizeSpeech(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\p{Mark}]+/gu, ' ')
    .trim()
}

/** Finds the label whose phrase is in an utterance: whole words, the longest phrase, the first of equally long ones. */
export function createPhraseFinder(phrases: Readonly<Record<string, readonly string[]>>): (utterance: string) => string | undefined {
  const known = Object.entries(phrases)
    .flatMap(([label, texts]) => texts.map((text) => ({ label, words: ` ${normalizeSpeech(text)} ` })))
    .sort((one, other) => other.words.length - one.words.length)
  return (utterance) => {
    const heard = ` ${normalizeSpeech(utterance)} `
    return known.find(({ words }) => heard.includes(words))?.label
  }
}
