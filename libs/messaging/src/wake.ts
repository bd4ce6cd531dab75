/** A sleep that somebody can end early. A call to `wake()` while nobody sleeps is remembered for the next sleep. */
export class Wake {
  private woken = false;
  private readonly sleepers = new Set<() => void>();

  wake(): void {
    if (this.sleepers.size === 0) this.woken = true;
    for (const end of this.sleepers) end();
  }

  /** Sleeps for at most `ms` milliseconds. */
  async sleep(ms: number): Promise<void> {
    if (this.woken) {
      this.woken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.sleepers.add(end);
    });
  }
}
