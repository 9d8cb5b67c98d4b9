import { writeSync } from "node:fs";
import { SparkwrightError } from "../core/error.ts";
import { listenForFaults } from "../modules/code-faults.ts";
import { endProcess, sealExit } from "../modules/guard-exit.ts";
import { ExitCode, exitCodeOf } from "./exit-code.ts";
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
      errorReport(thrown, {
        paint: err.paint,
        cwd: process.cwd(),
        columns: err.columns,
        stacks,
        mask: err.mask,
      }),
    );
    return exitCodeOf(thrown);
  };
  const crash = (thrown: unknown): void => endProcess(report(thrown));
  // What the code of a node leaves uncaught is that node's failure and not the end of everything.
  listenForFaults(crash);
  sealExit();

  // Node's own code for a program whose work was never finished, 13, tells nobody anything.
  const unfinished = () => {
    writeSync(process.stderr.fd, unfinishedText);
    process.exitCode = ExitCode.general;
  };
  process.once("exit", unfinished);
  const exitCode = await runCommandLine(argv, { out, err, cwd: process.cwd() }).catch(report);
  await Promise.all([out.flush(), err.flush()]);
  process.off("exit", unfinished);
  let failed: number = ExitCode.success;
  if (out.failure !== undefined) {
    failed = report(outputLost(out.failure));
    await err.flush();
  }
  // What a user's code left behind (timers, sockets) must not keep a finished command alive.
  endProcess(exitCode === ExitCode.success ? failed : exitCode);
}

const unfinishedText =
  "error[INTERNAL]: the command ended before its work was done\n" +
  "  hint: Run again with --log-level debug, and report it with what that says.\n";

function outputLost(cause: NodeJS.ErrnoException): SparkwrightError {
  const why = cause.code === "ENOSPC" ? "the disk is full" : (cause.code ?? cause.message);
  return new SparkwrightError("OUTPUT_LOST", `not all output could be written: ${why}`, {
    hint: "Make room, or write it elsewhere; what a run did is in `sparkwright history` and in .sparkwright/logs.",
    cause,
  });
}
