/** What a browser says about where a request comes from. */
export interface Provenance {
  method: string;
  /** `Sec-Fetch-Site`: browsers set it themselves, pages cannot. */
  site?: string;
  origin?: string;
  /** Whether the header is there that pages elsewhere cannot send without being allowed to: `X-Ceresio-Csrf`. */
  marked: boolean;
}

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request that shows who it is by a cookie alone may have been made by a page of another site. */
export function mayBeForged({ method, site, origin, marked }: Provenance, own: string): boolean {
  if (HARMLESS.has(method)) return false;
  if (!marked) return true;
  if (site !== undefined && site !== 'same-origin') return true;
  if (origin !== undefined) return origin !== own;
  // An old browser that says neither is not told from a forger.
  return site === undefined;
}
