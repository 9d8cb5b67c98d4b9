/**
 * `sparkwright validate` on each of the projects named on stdin, one after the other in this process, which loads
 * their code as Node does and not as a test runner does. Answers with what each printed and its exit code.
 */
import { PassThrough } from "node:stream";
import { json } from "node:stream/consumers";
import { exitCodeOf } from "../../../src/cli/exit-code.ts";
import { runCommandLine } from "../../../src/cli/program.ts";
import { errorReport } from "../../../src/cli/terminal/error-report.ts";
import { Output } from "../../../src/cli/terminal/output.ts";

export interface ProjectToValidate {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly environment?: string | undefined;
}

export interface Verdict {
  readonly exit: number;
  readonly stderr: string;
}

async function verdict({ root, env, environment }: ProjectToValidate): Promise<Verdict> {
  process.chdir(root);
  const before = { ...process.env };
  Object.assign(process.env, env);
  const out = new Output(new PassThrough() as unknown as NodeJS.WriteStream);
  const args = ["validate", ...(environment === undefined ? [] : ["--env", environment])];
  try {
    return { exit: await runCommandLine(args, { out, err: out, cwd: root }), stderr: "" };
  } catch (thrown) {
    const paint = (_: unknown, text: string) => text;
    const stderr = errorReport(thrown, { paint, cwd: root, columns: 100, stacks: false });
    return { exit: exitCodeOf(thrown), stderr };
  } finally {
    process.env = before;
  }
}

const verdicts: Verdict[] = [];
for (const project of (await json(process.stdin)) as ProjectToValidate[]) {
  verdicts.push(await verdict(project));
}
process.stdout.write(JSON.stringify(verdicts));
