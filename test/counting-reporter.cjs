// Mocha's own report on the terminal, and the counts in the file that the option `counts` names:
// `{ passed, failed, skipped, failures }`. Option `base` is the reporter to look like (default spec).
// Mocha loads reporters by require(), hence CommonJS.
const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

module.exports = class CountingReporter {
  constructor(runner, options) {
    const { base = "spec", counts } = options.reporterOptions ?? {};
    this.base = new reporters[base](runner, options);
    const write = (ended) => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const told = { passed: passes, failed: failures, skipped: pending, failures: failed, ended };
      writeFileSync(counts, JSON.stringify(told));
    };
    const failed = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) =>
      failed.push(`${test.titlePath().join(" > ")}\n${error?.stack ?? error}`),
    );
    // Written along the way too: a run that is killed still tells how far it came.
    runner.on(Runner.constants.EVENT_SUITE_END, () => write(false));
    runner.once(Runner.constants.EVENT_RUN_END, () => write(true));
  }
};
