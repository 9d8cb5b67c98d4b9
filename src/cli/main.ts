import { listenForFaults } from "../modules/code-faults.ts";
import { exitCodeOf } from "./exit-code.ts";
import { runCommandLine } from "./program.ts";
import { errorReport } from "./terminal/error-report.ts";
import { Output } from "./terminal/output.ts";

/** Runs one command line in this process and ends the process with its exit code, all output written. */
export async function main(argv: readonly string[]): Promise<void> {
  const out = new Output(process.stdout);
  const err = new Output(process.stderr);
  // Before the command line is parsed, so that it holds for errors of parsing too.
  const stacks = /--log-level[= ]debug/.test(argv.join(" "));

  const report = (thrown: unknown): number => {
    void err.write(
      errorReport(thrown, { paint: err.paint, cwd: process.cwd(), columns: err.columns, stacks }),
    );
    return exitCodeOf(thrown);
  };
  const crash = (thrown: unknown): void => process.exit(report(thrown));
  // What the code of a node leaves uncaught is that node's failure and not the end of everything.
  listenForFaults(crash);

  process.exitCode = await runCommandLine(argv, { out, err, cwd: process.cwd() }).catch(report);
  await Promise.all([out.flush(), err.flush()]);
  // What a user's code left behind (timers, sockets) must not keep a finished command alive.
  process.exit();
}
