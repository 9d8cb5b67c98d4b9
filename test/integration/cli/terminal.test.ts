import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { bin, environment, repository, scratchProject } from "./command-line.ts";
import { screenOf, showsCursor } from "./screen.ts";

const [columns, rows] = [90, 24];
const node = `'${process.execPath}' '${bin}'`;

const project = (ms: number) => ({
  "config/datasets.yaml": `
one: { path: data/one }
two: { path: data/two }
`,
  "config/global_settings.yaml": "default_format: parquet\n",
  "config/nodes.yaml": `
first:
  sql: select reflect('java.lang.Thread', 'sleep', ${ms}L) as slept
  output: one
second:
  sql: select 1 as x from one
  input: one
  output: two
`,
});

/** Runs a shell command on a terminal of its own, made by script(1). */
async function onTerminal(
  command: string,
  react: (child: ChildProcess, output: string) => void = () => {},
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string }> {
  const child = spawn("script", ["-qefc", `stty cols ${columns} rows ${rows}; ${command}`, "/dev/null"], {
    cwd: repository,
    env: await environment({ TERM: "xterm-256color", ...env }),
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    output += piece;
    react(child, output);
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, output };
}

/** What follows each beginning of an escape sequence. */
const sequences = (output: string) => output.split("\x1b[").slice(1);

/** Sends the key once Spark has been asked and a frame shows it. */
function pressOnce(keys: string): (child: ChildProcess, output: string) => void {
  let pressed = false;
  return (child, output) => {
    if (pressed || !/first +[1-9]\d*\.\d s/.test(output)) return;
    pressed = true;
    child.stdin?.write(keys);
  };
}

describe("cli: on a terminal", function () {
  this.timeout(120_000);

  it("draws nodes in place and leaves only the summary", async () => {
    const folder = scratchProject(project(4_500));
    const { code, output } = await onTerminal(`${node} run default --project '${folder}'`);
    expect(code).to.equal(0);
    expect(output).to.match(/waits for first/);
    expect(output).to.match(/stages \d+\/\d+, tasks \d+\/\d+/);
    expect(sequences(output).filter((sequence) => /^\d+A/.test(sequence))).to.have.length.greaterThan(5);
    const screen = await screenOf(output, columns, rows);
    expect(
      screen.slice(0, 4).map((line) => line.replace(/ +/g, " ").replace(/[\d.]+ m?s/, "T")),
    ).to.deep.equal([
      "",
      "NODE STATUS DURATION DATASET ROWS",
      "first completed T one 1",
      "second completed T two 1",
    ]);
    expect(screen).to.have.lengthOf(7);
    expect(showsCursor(output)).to.equal(true);
  });

  it("Ctrl-C stops the run, exits 130 and leaves a clean terminal", async () => {
    const folder = scratchProject(project(60_000));
    const { code, output } = await onTerminal(`${node} run default --project '${folder}'`, pressOnce("\x03"));
    expect(code).to.equal(130);
    const screen = await screenOf(output, columns, rows);
    expect(screen.join("\n")).to.match(
      /default was cancelled: 0 completed, 0 failed, 0 skipped, 2 cancelled/,
    );
    expect(screen.join("\n")).to.not.match(/\^C|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
    expect(showsCursor(output)).to.equal(true);
  });

  it("Ctrl-C below npm, which passes it on a second time, is still one Ctrl-C", async () => {
    const folder = scratchProject(project(60_000));
    const command = `npm run --silent sparkwright -- run default --project '${folder}'`;
    const { code, output } = await onTerminal(command, pressOnce("\x03"));
    expect(code).to.equal(130);
    expect((await screenOf(output, columns, rows)).join("\n")).to.include("default was cancelled");
  });

  it("even kill -9 leaves the cursor on", async () => {
    const folder = scratchProject(project(60_000));
    const kill = `sh -c 'sleep 6; kill -9 $PPID'`;
    const { code, output } = await onTerminal(`${kill} & exec ${node} run default --project '${folder}'`);
    expect(code).to.equal(137);
    expect(output).to.include("waits for first");
    expect(showsCursor(output)).to.equal(true);
  });

  it("only appends where CI says so, or the terminal cannot do more", async () => {
    const folder = scratchProject(project(100));
    for (const env of [{ CI: "true" }, { TERM: "dumb" }]) {
      const { output } = await onTerminal(`${node} run default --project '${folder}'`, undefined, env);
      expect(sequences(output).filter((sequence) => /^\d*[AJK]/.test(sequence))).to.deep.equal([]);
      expect(output).to.match(/first started/);
    }
  });
});
