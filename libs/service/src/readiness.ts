import { Injectable } from '@nestjs/common';

/** Says what keeps this part from working, or nothing. */
export type ReadinessCheck = () => Promise<string[]> | string[];

/** How long all checks together may take before they count as failed. */
const PATIENCE_MS = 2000;

/** Collects what `/health/ready` asks. A part that can be absent adds a check. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private stopping = false;

  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** From now on not ready, so that nobody sends new work here. */
  stop(): void {
    this.stopping = true;
  }

  /** Everything that keeps the service from working; empty when it is ready. */
  async problems(): Promise<string[]> {
    if (this.stopping) return ['stopping'];
    const all = await Promise.all([...this.checks].map(([name, check]) => ask(name, check)));
    return all.flat();
  }
}

async function ask(name: string, check: ReadinessCheck): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(() => resolve(['no answer']), PATIENCE_MS);
  });
  try {
    const problems = await Promise.race([Promise.resolve().then(check), late]);
    return problems.map((problem) => `${name}: ${problem}`);
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : 'failed'}`];
  } finally {
    clearTimeout(timer);
  }
}
