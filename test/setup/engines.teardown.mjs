/** Ends what the set-up started. After a crash of the run, the guards of the engines do it. */
export default async function tearDown() {
  await globalThis.endTestRun?.();
}
