/** Frees what nobody holds any more, so that memory can be compared. Needs `--expose-gc`, which `.mocharc.json` gives. */
export function collectGarbage(): void {
  if (!globalThis.gc) throw new Error('run with --expose-gc')
  globalThis.gc()
}
