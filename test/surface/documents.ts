import { type SurfaceName, surface } from "./coverage.ts";

const generated = "<!-- Written by `npm run docs:surface`; do not edit. -->";

/** `docs/pyspark.md`: every name of PySpark, and ours. */
export function pysparkTable(names: readonly SurfaceName[] = surface()): string {
  return page("From PySpark to sparkwright", [
    "Every public name of PySpark 4.2 that a Spark Connect client has, and its name in `sparkwright/sql`. Functions are exports of the module, and members of its `functions`. Arguments keep their order; what PySpark takes by keyword is an object at the end. [What differs](from-pyspark.md): operators, literals, types, Row, what waits.",
    ...owners(names).map((owner) => {
      const rows = names
        .filter((name) => name.owner === owner)
        .map(
          ({ name, ours, excuse }) =>
            `| \`${name}\` | ${excuse === undefined ? `\`${ours}\`` : `none: ${excuse}`} |`,
        );
      return `## ${owner}\n\n| PySpark | sparkwright |\n| --- | --- |\n${rows.join("\n")}`;
    }),
  ]);
}

/** `docs/coverage.md`: how much of PySpark's surface is there and tested. */
export function coverageTable(names: readonly SurfaceName[] = surface()): string {
  const rows = [...owners(names), undefined].map((owner) => {
    const all = names.filter((name) => owner === undefined || name.owner === owner);
    const excused = all.filter(({ excuse }) => excuse !== undefined);
    const implemented = all.filter((name) => name.implemented && name.excuse === undefined);
    const tested = implemented.filter((name) => name.tested);
    return `| ${owner ?? "all"} | ${all.length} | ${implemented.length} | ${tested.length} | ${excused.length} |`;
  });
  const excuses = names
    .filter(({ excuse }) => excuse !== undefined)
    .map(({ owner, name, excuse }) => `| \`${owner}.${name}\` | ${excuse} |`);
  return page("Coverage of PySpark 4.2", [
    "Counted against `test/surface/pyspark-4.2.json`, the public surface of PySpark 4.2.0. A name counts as tested when a test of its own runs it on Spark and checks what comes of it (`test/integration/sql/surface`). CI fails when a name is neither implemented and tested nor excused below.",
    `| | names | implemented | tested on Spark | excused |\n| --- | ---: | ---: | ---: | ---: |\n${rows.join("\n")}`,
    `## Excused\n\n| name | reason |\n| --- | --- |\n${excuses.join("\n")}`,
  ]);
}

function owners(names: readonly SurfaceName[]): readonly string[] {
  return [...new Set(names.map(({ owner }) => owner))];
}

function page(title: string, paragraphs: readonly string[]): string {
  return `# ${title}\n\n${generated}\n\n${paragraphs.join("\n\n")}\n`;
}
