/** Runs a command with what it was called with; its exit code is what it resolves to, 2 when its options are unknown, 1 when it fails, with the reason. */
export async function runCommand(command: (args: string[], env: NodeJS.ProcessEnv) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command(process.argv.slice(2), process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
  }
}
