import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls `check` until it neither throws nor rejects, and resolves to what it answered.
 * After `timeout` milliseconds (30,000 unless told: a ceiling for what hangs, not a measure of a loaded machine) it rejects with the last error.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  options: { timeout?: number; every?: number } = {},
): Promise<T> {
  const { timeout = 30_000, every = 25 } = options;
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await pause(every);
    }
  }
}
