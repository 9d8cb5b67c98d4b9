import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { type Malformed, malformed } from "./malformed.ts";
import type { ProjectToValidate, Verdict } from "./validate-projects.ts";

const program: string = join(import.meta.dirname, "validate-projects.ts");

function layOut(root: string, { files, env = {}, environment }: Malformed): ProjectToValidate {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { root, env, environment };
}

/** What the report says of each error: its code and place, its message, its hint. */
function reported(stderr: string): string[][] {
  return stderr
    .split(/^(?=error\[)/m)
    .filter((part) => part.startsWith("error["))
    .map((part) => {
      const [, code = "", message = ""] = /^error\[(\w+)\] (.*)$/m.exec(part) ?? [];
      const place = /^ {2}--> (.*)$/m.exec(part)?.[1] ?? "";
      return [`${code} ${place}`.trimEnd(), message, /^ {2}hint: (.*)$/m.exec(part)?.[1] ?? ""];
    });
}

describe("malformed projects", () => {
  const all = Object.values(malformed).flat();
  let verdicts: readonly Verdict[] = [];

  before(() => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), "sparkwright-malformed-")));
    try {
      const projects = all.map((project, index) => layOut(join(base, String(index)), project));
      const input = JSON.stringify(projects);
      const { NODE_OPTIONS: _, ...env } = process.env;
      const output = execFileSync(process.execPath, [program], {
        input,
        encoding: "utf8",
        env,
        stdio: ["pipe", "pipe", "ignore"],
      });
      verdicts = JSON.parse(output) as Verdict[];
    } finally {
      rmSync(base, { recursive: true });
    }
  });

  it("are at least 120, and 8 of each category", () => {
    expect(all.length).to.be.at.least(120);
    for (const [category, of] of Object.entries(malformed)) expect(of.length, category).to.be.at.least(8);
  });

  for (const [category, of] of Object.entries(malformed)) {
    describe(category, () => {
      for (const project of of) {
        it(`${project.name}: exit ${project.exit}, the place and the fix`, () => {
          const { exit, stderr } = verdicts[all.indexOf(project)] ?? { exit: 0, stderr: "" };
          const found = reported(stderr);
          expect(found.map(([place]) => place)).to.deep.equal(project.errors.map(([place]) => place));
          for (const [index, [place, message, hint]] of project.errors.entries()) {
            expect(place).to.match(/^[A-Z_]+ \S+:\d+:\d+$|^CONFIG_UNKNOWN_ENVIRONMENT$/);
            expect(found[index]?.[1]).to.satisfy((text: string) => text.startsWith(message), message);
            expect(found[index]?.[2]).to.satisfy((text: string) => text.startsWith(hint), hint);
          }
          expect(exit).to.equal(project.exit);
          expect(stderr).to.not.match(/^\s+at |hunter2/m);
        });
      }
    });
  }
});
