/**
 * Where a file of this package is. When cxspec is built, everything ends up in files two folders below the package, where this one is
 * in the source as well.
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url)
}
