import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
  call,
  type InstalledPackage,
  installNode,
  installPackage,
  root,
  succeed,
} from "./installed-package.ts";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

describe("the packed package", function () {
  this.timeout(300_000);
  let installed: InstalledPackage;

  before(async () => {
    installed = await installPackage();
    cpSync(join(root, "examples/flights"), join(installed.folder, "flights"), {
      recursive: true,
      filter: (path) => !path.includes(".sparkwright"),
    });
  });

  after(() => {
    if (installed) rmSync(installed.folder, { recursive: true, force: true });
  });

  it("holds the compiled code and stubs, the pinned jar set and the papers, and nothing else", () => {
    const { files } = installed;
    expect(files).to.include.members([
      "package.json",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "docker/spark/pom.xml",
      "docs/events.schema.json",
      "dist/src/index.js",
      "dist/src/index.d.ts",
      "dist/src/sql/index.js",
      "dist/src/cli/bin.js",
      "dist/src/server/supervisor.js",
      "dist/gen/spark/connect/base_pb.js",
      "dist/gen/spark/connect/base_pb.d.ts",
    ]);
    const strange = files.filter(
      (file) =>
        !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(file) &&
        !/^(docker\/spark\/pom\.xml|docs\/events\.schema\.json)$/.test(file) &&
        !/^dist\/(src|gen)\/.*(\.js|\.d\.ts)$/.test(file),
    );
    expect(strange).to.deep.equal([]);
    expect(installed.unpackedBytes).to.be.below(8_000_000);
  });

  it("type-checks in a consumer without skipLibCheck", async () => {
    const { folder } = installed;
    cpSync(join(import.meta.dirname, "fixtures/consumer.ts"), join(folder, "consumer.ts"));
    const compilerOptions = {
      module: "nodenext",
      target: "es2023",
      lib: ["es2024", "esnext.disposable"],
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
    const { code, stdout } = await call(join(root, "node_modules/.bin/tsc"), ["-p", folder], folder);
    expect(stdout).to.equal("");
    expect(code).to.equal(0);
  });

  for (const major of [22, 24]) {
    describe(`on Node ${major}`, () => {
      let node: string;

      before(async () => {
        node = await installNode(major, installed.folder);
      });

      it("is that Node", async () => {
        expect(await succeed(node, ["--version"], installed.folder)).to.match(new RegExp(`^v${major}\\.`));
      });

      it("tells its version through npx", async () => {
        const stdout = await succeed("npx", ["sparkwright", "--version"], installed.folder, node);
        expect(stdout.trim()).to.equal(version);
      });

      it("lists and validates a project whose nodes are TypeScript", async () => {
        const list = await succeed(
          "npx",
          ["sparkwright", "list", "--project", "flights"],
          installed.folder,
          node,
        );
        expect(list).to.contain("daily_etl");
        const validate = ["sparkwright", "validate", "--project", "flights"];
        expect((await call("npx", validate, installed.folder, node)).code).to.equal(0);
      });

      it("imports both entry points", async () => {
        const script = `
          const engine = await import("sparkwright");
          const sql = await import("sparkwright/sql");
          console.log(typeof engine.runPipeline, typeof sql.SparkSession.builder, typeof sql.col);`;
        const stdout = await succeed(node, ["--input-type=module", "-e", script], installed.folder);
        expect(stdout.trim()).to.equal("function function function");
      });
    });
  }
});
