import { expect } from "chai";
import type { Column } from "../../../../src/sql/index.ts";
import { functions as F } from "../../../../src/sql/index.ts";
import { protoOf } from "../plan-json.ts";

/** The names of all lambda variables in a message, in the order they are first met. */
function variables(column: Column): readonly string[] {
  const names = JSON.stringify(protoOf(column)).matchAll(/"nameParts":\["(\w+)"\]/g);
  return [...new Set([...names].map(([, name]) => name as string))];
}

const code = (body: () => unknown) => {
  try {
    body();
  } catch (error) {
    return [Reflect.get(error as object, "code"), (error as Error).message];
  }
  return undefined;
};

describe("lambdas", () => {
  it("name their parameters so that no other lambda does", () => {
    const nested = F.transform("xss", (xs) =>
      F.transform(xs, (x) => F.exists("others", (other) => other.eq(x).and(F.size(xs).gt(1)))),
    );
    expect(variables(nested)).to.have.length(3);
    const merge = (sum: Column, x: Column) => sum.plus(x);
    const twice = [F.aggregate("a", F.lit(0), merge), F.aggregate("a", F.lit(0), merge)].flatMap(variables);
    expect(new Set(twice).size).to.equal(4);
    expect(twice.map((name) => name.replace(/_\d+$/, ""))).to.deep.equal(["x", "y", "x", "y"]);
  });

  it("have as many parameters as the function gives, and an index where one is declared", () => {
    const parameters = (column: Column) => {
      const [, lambda] = (protoOf(column) as { unresolvedFunction: { arguments: object[] } })
        .unresolvedFunction.arguments;
      return (lambda as { lambdaFunction: { arguments: unknown[] } }).lambdaFunction.arguments.length;
    };
    expect(parameters(F.transform("a", () => F.lit(1)))).to.equal(1);
    expect(parameters(F.transform("a", (...all) => F.lit(all.length)))).to.equal(1);
    expect(parameters(F.filter("a", (x, i) => x.gt(i)))).to.equal(2);
    expect(parameters(F.mapFilter("m", (key) => key.isNotNull()))).to.equal(2);
    expect(parameters(F.transformValues("m", () => F.lit(1)))).to.equal(2);
    expect(parameters(F.arraySort("a", (left) => left))).to.equal(2);
  });

  it("say what is wrong with the function", () => {
    const three = (x: Column, y: Column, z: Column) => x.plus(y).plus(z);
    const wrong: readonly (readonly [() => Column, string])[] = [
      [
        () => F.transform("a", (() => 1) as never),
        "transform() returned a value of type number, not a Column",
      ],
      [() => F.exists("a", (() => undefined) as never), "exists() returned undefined, not a Column"],
      [() => F.forall("a", (async (x: Column) => x) as never), "forall() returned a Promise, not a Column"],
      [
        () => F.zipWith("a", "b", three as never),
        "zipWith() gives 2 columns to its function, which declares 3",
      ],
      [() => F.filter("a", three as never), "filter() gives 2 columns to its function, which declares 3"],
      [
        () => F.mapZipWith("a", "b", "c" as never),
        "mapZipWith() takes a function, not a value of type string",
      ],
      [() => F.aggregate("a", "b", null as never), "aggregate() takes a function, not null"],
    ];
    for (const [body, message] of wrong) {
      const [found, text] = code(body) ?? [];
      expect(found).to.equal("USAGE_LAMBDA");
      expect(text).to.contain(message);
    }
  });
});
