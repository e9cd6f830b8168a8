/** Ends a test run with one line that anything can read: `N passed, N failed, N skipped`. */
module.exports = class PlainSummary {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests }) {
    process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
  }
};
