/** Prints the last line of a run, `N passed, N failed` alone on a line, for whoever reads the output by machine. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    // A file that could not be run at all counts as one failure: its tests are unknown.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const left = results.numPendingTests + results.numTodoTests;
    // After the default reporter's summary, which is written in the same phase.
    setImmediate(() => {
      process.stdout.write(
        `\n${results.numPassedTests} passed, ${failed} failed${left > 0 ? `, ${left} skipped` : ''}\n`,
      );
    });
  }
}
