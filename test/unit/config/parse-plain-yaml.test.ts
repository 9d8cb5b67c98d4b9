// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { parsePlainYaml } from "../../../src/config/parse-plain-yaml.ts";
import { parseYaml } from "../../../src/config/parse-yaml.ts";
import { entriesOf, isRawMap, locate, RawScalar, RawTemplate } from "../../../src/config/raw-value.ts";

const nowhere = { file: "", line: 0, column: 0 };

/** A value with the places of all its parts, as plain data. */
function described(value: unknown): unknown {
  if (value instanceof RawTemplate) return [value.text, value.placeOf(0), value.placeOf(1)];
  if (value instanceof RawScalar) return { text: value.text, value: value.value };
  if (Array.isArray(value)) {
    return value.map((item, index) => [locate(value, [index], nowhere), described(item)]);
  }
  if (!isRawMap(value)) return value;
  return entriesOf(value).map(({ name, place, value: item }) => [name, place, described(item)]);
}

/** Whether the quick parser read the text; if it did, the full one reads the same. */
function agrees(text: string): boolean {
  const quick = parsePlainYaml(text, "f.yaml");
  if (quick === undefined) return false;
  const full = parseYaml(text, "f.yaml");
  expect(full.errors.map(({ message }) => message)).to.deep.equal([]);
  expect(described(quick.value)).to.deep.equal(described(full.value));
  return true;
}

const sample = `# what a project looks like
extract:
  description: Reads it, and 2 more: no
  function: etl.extract_raw   # here
  output: [bronze.events, "b c", 'it''s']

  hyperparams: {rate: 0.10, deep: {a: [1, -2.5e3, true]}, none: ~}
  dependencies:
  - a
  -   b-c
  - name: x
    of: null
    list:
      - 1
      # between
      - \${NAME}/\${NOT:-y}
clean:
    sql: |
      select 1 -- # no comment

        as one
    timeout: 1h30m
    url: https://host:80/a?b=c#d
    day: 2001-01-01
    big: 12345678901234567890
    2001: x
    leading: 007
    window: {}
    tags: [ ]
`.replace("Reads it, and 2 more: no", "Reads it, and 2 more");

describe("parsePlainYaml", () => {
  it("reads what projects are made of", () => {
    expect(agrees(sample)).to.equal(true);
    for (const file of globSync("examples/*/config/*.yaml", { cwd: join(import.meta.dirname, "../../..") })) {
      expect(agrees(readFileSync(file, "utf8")), file).to.equal(true);
    }
  });

  it("leaves the rest to the full parser", () => {
    const rest = [
      "",
      "# only a comment\n",
      "just text",
      "a:\n",
      "a: &x 1\nb: *x\n",
      "a: !!str 1\n",
      "a: >\n  folded\n",
      "a: first\n  second\n",
      "a: 1\na: 2\n",
      "a: [1,\n 2]\n",
      'a: "\\n"\n',
      "a:\tb\n",
      "a: 1\r\n",
      "--- \na: 1\n",
      "a: b: c\n",
      "a: |\n  ${NAME}\n",
      "  a: 1\n b: 2\n",
      "a:\n    b: 1\n  c: 2\n",
      "- a\nb: 1\n",
      "a: [b\n",
      "a: {b}\n",
      "a: 'b\n",
      "__proto__: 1\n",
      "? a\n: b\n",
      "a: 0x1F\n",
      "a: .inf\n",
      "a: @b\n",
      "a: %b\n",
      "a: |2\n  b\n",
    ];
    for (const text of rest) expect(parsePlainYaml(text, "f.yaml"), text).to.equal(undefined);
  });

  const keys = fc.constantFrom("a", "b1", "_c", "d-e", "f.g", "é", "7", "true", "no");
  const scalars = fc.constantFrom(
    ...[
      "1",
      "-0",
      "+5",
      "0.10",
      "1e3",
      "1.",
      ".5",
      "true",
      "Null",
      "~",
      "text",
      "two words",
      "'q'",
      '"q: #"',
    ],
    ...[
      "a:b",
      "a#b",
      "${NAME}",
      "x${EMPTY:-d}y",
      "-x",
      "1a",
      "1.2.3",
      "2001-01-01",
      "$${x}",
      "12:30",
      "=x",
      "<<",
    ],
  );
  const { block } = fc.letrec<{ block: string[]; flow: string }>((tie) => ({
    flow: fc.oneof(
      { depthSize: "small" },
      scalars,
      fc.array(tie("flow"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
      fc
        .uniqueArray(fc.tuple(keys, tie("flow")), { maxLength: 3, selector: ([name]) => name })
        .map((entries) => `{${entries.map(([name, value]) => `${name}: ${value}`).join(", ")}}`),
    ),
    block: fc.oneof(
      { depthSize: "small" },
      fc
        .uniqueArray(fc.tuple(keys, tie("flow"), fc.constantFrom("", "  ", " # c")), {
          minLength: 1,
          maxLength: 3,
          selector: ([name]) => name,
        })
        .map((entries) => entries.map(([name, value, end]) => `${name}: ${value}${end}`)),
      fc.array(tie("flow"), { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `- ${item}`)),
      fc
        .tuple(keys, tie("block"), fc.integer({ min: 1, max: 4 }), fc.constantFrom("", " # c"))
        .map(([name, lines, indent, end]) => [
          `${name}:${end}`,
          ...lines.map((line) => " ".repeat(indent) + line),
        ]),
      fc
        .tuple(tie("block"), fc.integer({ min: 1, max: 3 }))
        .map(([lines, blanks]) =>
          lines.map(
            (line, index) => (index === 0 ? `-${" ".repeat(blanks)}` : " ".repeat(blanks + 1)) + line,
          ),
        ),
      fc
        .tuple(keys, fc.array(fc.constantFrom("x", " y", "", "# z", "a: b"), { maxLength: 4 }), fc.boolean())
        .map(([name, lines, strip]) => [
          `${name}: |${strip ? "-" : ""}`,
          ...lines.map((line) => `  ${line}`),
        ]),
    ),
  }));

  it("reads any tree as the full parser does", () => {
    let read = 0;
    fc.assert(
      fc.property(block, (lines) => {
        if (agrees(`${lines.join("\n")}\n`)) read++;
      }),
      { numRuns: 2_000 },
    );
    expect(read).to.be.greaterThan(1_000);
  });

  it("never reads what the full parser reads differently or refuses, whatever is typed into a file", () => {
    const typed = fc.constantFrom(
      ..." -:#[]{}\"'|>,a1~&*!%@`\\\n.?=<$",
      "\n  ",
      ": ",
      "- ",
      " #",
      "${",
      "''",
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(6), typed), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constant(sample),
          block.map((lines) => `${lines.join("\n")}\n`),
        ),
        edits,
        (text, all) => {
          let edited = text;
          for (const [seed, removed, added] of all) {
            const at = seed % (edited.length + 1);
            edited = edited.slice(0, at) + added + edited.slice(at + removed);
          }
          agrees(edited);
        },
      ),
      { numRuns: 4_000 },
    );
  });
});
