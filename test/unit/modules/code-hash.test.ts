import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { CodeHasher } from "../../../src/modules/code-hash.ts";

describe("the hash of a function's code", () => {
  let root: string;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const hash = (ref = "etl.run") => new CodeHasher(root).hash(ref);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "code-hash-"));
    write("package.json", '{ "imports": { "#dates": "./src/lib/dates.ts" } }');
    write(
      "src/etl.ts",
      'import { a } from "./lib/a.ts";\nexport const run = (x: number): number => a + x;\n',
    );
    write(
      "src/lib/a.ts",
      "import type { T } from '../types.ts';\nexport * from \"./b.ts\"; export const a = 1;\n",
    );
    write("src/lib/b.ts", 'export const later = () => import(/* lazily */ "./c.ts");\n');
    write("src/lib/c.ts", 'import rates from "./rates.json" with { type: "json" };\nimport "#dates";\n');
    write("src/lib/rates.json", "{}");
    write("src/lib/dates.ts", 'import "./a.ts";\n');
    write("src/types.ts", "export type T = 1;\n");
    write("src/other.ts", "export const other = 1;\n");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  for (const file of ["src/etl.ts", "src/lib/a.ts", "src/lib/b.ts", "src/lib/c.ts", "src/lib/dates.ts"]) {
    it(`changes with ${file}, however far away it is imported`, () => {
      const before = hash();
      write(file, "export const run = 2, a = 2;\n");
      expect(hash()).to.not.equal(before);
    });
  }

  it("changes with data that is imported, and with nothing else", () => {
    const before = hash();
    write("src/other.ts", "export const other = 2;\n");
    expect(hash()).to.equal(before);
    write("src/lib/rates.json", "{ }");
    expect(hash()).to.not.equal(before);
  });

  it("tells the functions of one module apart", () => {
    expect(hash("etl.run")).to.not.equal(hash("etl.go"));
  });
});
