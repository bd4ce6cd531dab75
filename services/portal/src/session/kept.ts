/** What the browser keeps for this site; a browser that keeps nothing behaves as one that has forgotten. */
export const kept = {
  get(key: string): string | undefined {
    try {
      return localStorage.getItem(`ceresio.${key}`) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(key: string, value: string | undefined): void {
    try {
      if (value === undefined) localStorage.removeItem(`ceresio.${key}`);
      else localStorage.setItem(`ceresio.${key}`, value);
    } catch {
      // Private windows of some browsers refuse; the choice then lasts as long as the page.
    }
  },
};
