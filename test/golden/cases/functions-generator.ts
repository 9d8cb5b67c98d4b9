import { functions as F } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.explode('tags')", () => F.explode("tags")),
  golden("F.explode_outer('tags')", () => F.explodeOuter("tags")),
  golden("F.inline('tags')", () => F.inline("tags")),
  golden("F.inline_outer('tags')", () => F.inlineOuter("tags")),
  golden("F.posexplode('tags')", () => F.posexplode("tags")),
  golden("F.posexplode_outer('tags')", () => F.posexplodeOuter("tags")),
  golden("F.stack(F.lit(2), 'age', 'id', F.lit(3))", () => F.stack(F.lit(2), "age", "id", F.lit(3))),
  golden("df.select('id', F.explode('scores').alias('k', 'v'))", () =>
    df.select("id", F.explode("scores").alias(["k", "v"])),
  ),
];
