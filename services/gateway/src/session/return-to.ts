/** Where a browser goes after signing in: a path of this site, and nothing that a browser could read as another site. */
export function returnPath(given: unknown, publicUrl: string, otherwise: string): string {
  if (typeof given !== 'string' || given.length > 1000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given)) return otherwise;
  if (given.includes('\\')) return otherwise;
  const url = new URL(given, publicUrl);
  // Dots that are resolved may leave two slashes at the beginning, which begin a host name.
  if (url.pathname.startsWith('//')) return otherwise;
  // A sign-in that leads to a sign-in would go round for ever.
  if (url.origin !== new URL(publicUrl).origin || /^\/+auth\/(?!session$)/.test(url.pathname)) return otherwise;
  return url.pathname + url.search + url.hash;
}
