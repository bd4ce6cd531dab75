interface Draft<F> {
  /** The form on which it was typed, and what was made of it. */
  base: F;
  mine: F;
}

/** What was typed and not sent yet, as long as this tab lives. Not longer: it may be about a person, and others may use the browser. */
export function draftsOf<F>(name: string) {
  const key = `ceresio.draft.${name}`;
  return {
    get(): Draft<F> | undefined {
      try {
        const kept = sessionStorage.getItem(key);
        return kept ? (JSON.parse(kept) as Draft<F>) : undefined;
      } catch {
        return undefined;
      }
    },
    keep(draft: Draft<F>): void {
      try {
        sessionStorage.setItem(key, JSON.stringify(draft));
      } catch {
        // Then it lasts as long as the screen is open.
      }
    },
    forget(): void {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
  };
}
