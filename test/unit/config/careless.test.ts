// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import fc from "fast-check";
import { parameters } from "../../../src/cli/parameters.ts";
import { loadProject } from "../../../src/config/load-project.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { errorsOf, type Files, placeOf, withFolder } from "./project-folder.ts";

const nodes = "a: {sql: select 1, output: o}\n";

/** The hyperparameter, or "error". */
async function fromFile(text: string): Promise<unknown> {
  const files = { "config/global_settings.yaml": `hyperparams:\n  v: ${text}\n`, "config/nodes.yaml": nodes };
  return await withFolder(files, async (root) => {
    try {
      return (await loadProject(root, { variables: {} })).settings.hyperparams["v"];
    } catch (error) {
      if (error instanceof SparkwrightError) return "error";
      throw error;
    }
  });
}

function fromCommandLine(text: string): unknown {
  try {
    return parameters([`v=${text}`])["v"];
  } catch (error) {
    if (error instanceof SparkwrightError) return "error";
    throw error;
  }
}

const spellings = [
  "01234",
  "-01",
  "+007",
  "00",
  "0",
  "-0",
  "0.5",
  "00.5",
  "0o17",
  "0o8",
  "0x1F",
  "0xg",
  "1_000",
  "1e3",
  "1E+3",
  "01e3",
  ".5",
  "5.",
  "+1",
  "+.5",
  "yes",
  "no",
  "on",
  "off",
  "true",
  "True",
  "tRue",
  "FALSE",
  "2024-01-01",
  "12:30",
  "190:20:30",
  "~",
  "null",
  "Null",
  "nULL",
  "NaN",
  ".nan",
  ".NaN",
  ".inf",
  "-.INF",
  "Infinity",
  "1e999",
  "12345678901234567890",
  "0.1234567890123456789",
  "1.10",
  "5 ",
  "abc",
  "1a",
  "--1",
  "1-2",
  "$5",
  "0b11",
  "1,000",
  "0x1F ",
  '"01234"',
  '"x"',
];

describe("values that look alike", () => {
  for (const text of spellings) {
    it(`${text} is the same in a file and on the command line`, async () => {
      expect(fromCommandLine(text)).to.deep.equal(await fromFile(text));
    });
  }

  it("are the same whatever digits, signs and points are put together", () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .array(fc.constantFrom(..."00112789.-+eExoa_"), { minLength: 1, maxLength: 7 })
          .map((all) => all.join("")),
        async (text) => {
          // A dash alone is a list of YAML, and three are a document.
          fc.pre(!/^-+$|^-$|^\.\.\.$/.test(text));
          expect(fromCommandLine(text)).to.deep.equal(await fromFile(text));
        },
      ),
      { numRuns: 300 },
    ));

  it("with a leading zero ask for quotes, and are text when quoted", async () => {
    const files = {
      "config/global_settings.yaml": "hyperparams: {zip: 01234}\n",
      "config/nodes.yaml": nodes,
    };
    const [error] = await withFolder(files, (root) => errorsOf(() => loadProject(root, { variables: {} })));
    expect(error?.message).to.include("text in quotes, but 01234 would become 1234");
    expect(error?.hint).to.include("Quote it");
    expect(await fromFile('"01234"')).to.equal("01234");
    expect(() => parameters(["zip=01234"]))
      .to.throw("text in quotes")
      .with.property("hint")
      .that.includes(`'zip="01234"'`);
    expect(parameters(['zip="01234"'])).to.deep.equal({ zip: "01234" });
    expect(fromCommandLine('[{"a":"007"}]')).to.deep.equal([{ a: "007" }]);
  });

  it("out of a variable stay text where a number would change them", () =>
    withFolder(
      {
        "config/global_settings.yaml": 'hyperparams: {zip: "${ZIP}", n: "${N}"}\n',
        "config/nodes.yaml": nodes,
      },
      async (root) => {
        const { settings } = await loadProject(root, { variables: { ZIP: "01234", N: "12" } });
        expect(settings.hyperparams).to.deep.equal({ zip: "01234", n: 12 });
      },
    ));
});

describe("paths that only shells know", () => {
  const places: Readonly<Record<string, Files>> = {
    "config/datasets.yaml:1:11": { "config/datasets.yaml": "d: {path: ~/x}\n" },
    "config/nodes.yaml:1:46": {
      "config/nodes.yaml": "a: {sql: select 1, streaming: { checkpoint:  ~/x}}\n",
    },
    "config/global_settings.yaml:1:27": {
      "config/global_settings.yaml": "observe: {lineage: {file: ~/l}}\n",
    },
  };
  for (const [place, files] of Object.entries(places)) {
    it(`are refused at ${place}, and the hint works`, async () => {
      const all = { "config/nodes.yaml": nodes, ...files };
      const errors = await withFolder(all, async (root) =>
        (await errorsOf(() => loadProject(root, { variables: {} }))).map((error) => placeOf(error, root)),
      );
      expect(errors).to.deep.equal([`CONFIG_INVALID_VALUE ${place}`]);
      const mended = Object.fromEntries(
        Object.entries(all).map(([name, text]) => [name, text.replace(/~\/(\w)/, '"${HOME}/$1"')]),
      );
      await withFolder(mended, (root) => loadProject(root, { variables: { HOME: "/home/me" } }));
    });
  }

  it("are refused as ~user and $HOME, and taken as ./~", async () => {
    const load = (path: string) =>
      withFolder({ "config/nodes.yaml": nodes, "config/datasets.yaml": `d: {path: ${path}}\n` }, (root) =>
        loadProject(root, { variables: {} }).then(
          () => "taken",
          () => "refused",
        ),
      );
    expect(await Promise.all(["~me/x", "$HOME/x", "./~/x", "a/~", "s3://b/~x"].map(load))).to.deep.equal([
      "refused",
      "refused",
      "taken",
      "taken",
      "taken",
    ]);
  });
});

describe("files in config/ that nobody reads", () => {
  const toldOf = (files: Files) =>
    withFolder({ "config/nodes.yaml": nodes, ...files }, async (root) => {
      try {
        await loadProject(root, { variables: {} });
        return [];
      } catch {
        return (await errorsOf(() => loadProject(root, { variables: {} }))).map((error) =>
          `${placeOf(error, root)} ${/"(.*?)"/.exec(error.hint ?? "")?.[1] ?? ""}`.trimEnd(),
        );
      }
    });

  it("are told, with the right name where one is near", async () => {
    for (const [file, right] of [
      ["dataset.yaml", "datasets.yaml"],
      ["node.yaml", "nodes.yaml"],
      ["nodes/a.yaml", "nodes.yaml"],
      ["Datasets.YAML", "datasets.yaml"],
      ["global-settings.yml", "global_settings.yaml"],
      ["prod.yaml", ""],
    ] as const) {
      const place = file.split("/")[0];
      expect(await toldOf({ [`config/${file}`]: "{}\n" })).to.deep.equal([
        `CONFIG_UNKNOWN_FILE config/${place}:1:1${right === "" ? "" : ` ${right}`}`,
      ]);
    }
  });

  it("are none of ours when an editor left them, or they are no YAML", async () => {
    const files = [
      "nodes.yaml~",
      ".nodes.yaml.swp",
      "#nodes.yaml#",
      "nodes.yaml.bak",
      "README.md",
      ".hidden.yaml",
      "sql/a.yaml",
    ];
    expect(await toldOf(Object.fromEntries(files.map((name) => [`config/${name}`, "x\n"])))).to.deep.equal(
      [],
    );
  });

  it("or hold comments alone are fine", async () => {
    expect(await toldOf({ "config/global_settings.yaml": "# log_level: debug\n" })).to.deep.equal([]);
  });
});
