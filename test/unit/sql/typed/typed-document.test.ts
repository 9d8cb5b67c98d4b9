import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";

const root = resolve(import.meta.dirname, "../../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("docs/typed-dataframes.md", () => {
  it("shows code that is compiled and run as it is", () => {
    const source = read("test/integration/sql/typed-example.ts");
    const bodies = source.replaceAll(/^ {2}/gm, "");
    const blocks = [...read("docs/typed-dataframes.md").matchAll(/^```ts\n([\s\S]*?)^```/gm)];
    expect(blocks).to.have.lengthOf(6);
    for (const [, code = ""] of blocks) expect(source + bodies).to.include(code);
  });
});
