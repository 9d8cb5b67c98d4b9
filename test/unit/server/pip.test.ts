import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readEnvironment } from "../../../src/server/environment.ts";
import { findPip } from "../../../src/server/pip.ts";

describe("pip", () => {
  it("is called in Python's isolated mode and in no folder of somebody's own, so that no pip.py is taken for it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pip-"));
    const asked = join(folder, "asked");
    writeFileSync(join(folder, "python3"), `#!/bin/sh\necho "$PWD $*" >> ${asked}\n`, { mode: 0o755 });
    const pip = await findPip({ ...readEnvironment(), path: [folder] });
    expect(pip).to.deep.equal({ program: join(folder, "python3"), args: ["-I", "-m", "pip"] });
    expect(readFileSync(asked, "utf8")).to.equal("/ -I -m pip --version\n");
  });
});
