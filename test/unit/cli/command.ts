import { PassThrough } from "node:stream";
import { runCommandLine } from "../../../src/cli/program.ts";
import { errorReport } from "../../../src/cli/terminal/error-report.ts";
import { Output } from "../../../src/cli/terminal/output.ts";

function capture(): { readonly output: Output; text(): string } {
  const stream = new PassThrough();
  const output = new Output(stream as unknown as NodeJS.WriteStream);
  return { output, text: () => String(stream.read() ?? "") };
}

/** What a command writes in a project, its errors as a terminal shows them. */
export async function command(
  root: string,
  ...argv: readonly string[]
): Promise<{ readonly out: string; readonly err: string }> {
  const [out, err] = [capture(), capture()];
  const report = (thrown: unknown) =>
    void err.output.write(
      errorReport(thrown, {
        paint: (_, text) => text,
        cwd: root,
        columns: 80,
        stacks: true,
        mask: err.output.mask,
      }),
    );
  await runCommandLine([...argv, "--project", root], { out: out.output, err: err.output, cwd: root }).catch(
    report,
  );
  return { out: out.text(), err: err.text() };
}
