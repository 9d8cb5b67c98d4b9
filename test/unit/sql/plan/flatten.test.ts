import { toBinary } from "@bufbuild/protobuf";
import { expect } from "chai";
import { PlanSchema } from "../../../../gen/spark/connect/base_pb.ts";
import type { Relation } from "../../../../gen/spark/connect/relations_pb.ts";
import type { Column } from "../../../../src/sql/column.ts";
import type { DataFrame } from "../../../../src/sql/data-frame.ts";
import { planOfQuery } from "../../../../src/sql/execution.ts";
import { col, explode, expr, lit, rowNumber, sum, Window } from "../../../../src/sql/index.ts";
import { resolvePlan } from "../../../../src/sql/plan/resolve.ts";
import { spark } from "../plan-json.ts";

const base = spark.range(3);

/** A stack of `withColumn`, and how many are left of it, by the names of each. */
function stacked(columns: readonly (readonly [string, Column])[], from: DataFrame = base): string[][] {
  // Columns at the bottom that can be put together, so that the stack is long enough.
  const filled = Array.from({ length: 40 }, (_, i) => [`f${i}`, lit(i)] as const);
  let df = from;
  for (const [name, column] of [...filled, ...columns]) df = df.withColumn(name, column);
  return groupsOf(resolvePlan(df.toPlan())).map((names) => names.filter((name) => !/^f\d+$/.test(name)));
}

function groupsOf(plan: Relation): string[][] {
  const groups: string[][] = [];
  let at: Relation | undefined = plan;
  while (at?.relType.case === "withColumns") {
    groups.unshift(at.relType.value.aliases.flatMap(({ name }) => name));
    at = at.relType.value.input;
  }
  return groups;
}

const chain = (
  n: number,
  next: (df: DataFrame, i: number) => DataFrame,
  from: DataFrame = base,
): DataFrame => {
  let df = from;
  for (let i = 0; i < n; i++) df = next(df, i);
  return df;
};
const codeOf = (plan: () => unknown): unknown => {
  try {
    return plan();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe("deep plans", () => {
  it("a thousand independent withColumn are one, encoded in less than 50 ms", () => {
    const build = () => chain(1_000, (df, i) => df.withColumn(`c${i}`, col("id").plus(i)));
    const encode = (df: DataFrame) => toBinary(PlanSchema, planOfQuery(df.toPlan()));
    encode(build());
    // Processor time, since other tests may run beside this one.
    const times = Array.from({ length: 5 }, () => {
      const df = build();
      const before = process.cpuUsage();
      encode(df);
      return process.cpuUsage(before).user / 1_000;
    });
    expect(Math.min(...times)).to.be.lessThan(50);
    const groups = groupsOf(resolvePlan(build().toPlan()));
    expect(groups).to.deep.equal([Array.from({ length: 1_000 }, (_, i) => `c${i}`)]);
  });

  it("short stacks stay as they were written", () => {
    const df = chain(20, (df, i) => df.withColumn(`c${i}`, lit(i)));
    expect(resolvePlan(df.toPlan())).to.equal(df.toPlan());
  });

  it("keep apart what reads or makes again a column of the same step", () => {
    const [a, b] = [col("id").plus(1), col("id").plus(2)];
    expect(
      stacked([
        ["a", a],
        ["b", b],
      ]),
    ).to.deep.equal([["a", "b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", col("A").plus(1)],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", col("a.x")],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
    expect(
      stacked([
        ["a.b", a],
        ["c", col("`a.b`")],
      ]),
    ).to.deep.equal([["a.b"], ["c"]]);
    expect(
      stacked([
        ["a", a],
        ["A", b],
      ]),
    ).to.deep.equal([["a"], ["A"]]);
    expect(
      stacked([
        ["id", a],
        ["b", b],
      ]),
    ).to.deep.equal([["id"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", b.over(Window.partitionBy("a"))],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", rowNumber().over(Window.orderBy("id"))],
      ]),
    ).to.deep.equal([["a", "b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", sum("id").over(Window.orderBy("a"))],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
  });

  it("read the names in SQL text, and take no star or subquery for one", () => {
    const a = col("id").plus(1);
    expect(
      stacked([
        ["a", a],
        ["b", expr("id * 2 + `x y`")],
      ]),
    ).to.deep.equal([["a", "b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", expr("abs(A)")],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
    expect(
      stacked([
        ["x y", a],
        ["b", expr("`X Y`")],
      ]),
    ).to.deep.equal([["x y"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", expr("struct(*)")],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", expr("(SELECT 1)")],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", expr("explode(x)")],
        ["c", a],
      ]),
    ).to.deep.equal([["a"], ["b"], ["c"]]);
    expect(
      stacked([
        ["a", explode(col("x"))],
        ["b", a],
      ]),
    ).to.deep.equal([[], ["a"], ["b"]]);
    expect(
      stacked([
        ["a", a],
        ["b", col("*")],
      ]),
    ).to.deep.equal([["a"], ["b"]]);
  });

  it("keep a DataFrame to which a column belongs", () => {
    const inner = chain(40, (df, i) => df.withColumn(`c${i}`, lit(i)));
    const outer = chain(40, (df, i) => df.withColumn(`d${i}`, lit(i)), inner);
    expect(groupsOf(resolvePlan(outer.toPlan())).length).to.equal(1);
    const using = outer.filter(inner.col("id").gt(1));
    const { relType } = resolvePlan(using.toPlan());
    const input = relType.case === "filter" ? relType.value.input : undefined;
    expect(groupsOf(input as Relation).map((names) => names.length)).to.deep.equal([40, 40]);
    expect(input?.common?.planId).to.equal(outer.toPlan().common?.planId);
  });

  it("ten thousand terms of OR, in whatever order they were put together, are a balanced tree", () => {
    const terms = Array.from({ length: 10_000 }, (_, i) => col("id").eq(i));
    const left = terms.reduce((all, term) => all.or(term));
    const right = terms.reduceRight((all, term) => term.or(all));
    for (const condition of [left, right]) {
      const plan = resolvePlan(base.filter(condition).toPlan());
      expect(toBinary(PlanSchema, planOfQuery(base.filter(condition).toPlan())).length).to.be.greaterThan(
        1e5,
      );
      const { relType } = plan;
      const seen: unknown[] = [];
      const visit = (of: unknown): void => {
        const { exprType } = of as ReturnType<Column["toProto"]>;
        if (exprType.case !== "unresolvedFunction") return;
        if (exprType.value.functionName === "or") exprType.value.arguments.forEach(visit);
        else seen.push(of);
      };
      visit(relType.case === "filter" ? relType.value.condition : undefined);
      expect(seen.length).to.equal(terms.length);
      expect(seen.every((term, i) => term === terms[i]?.toProto())).to.equal(true);
    }
  });

  it("a thousand unions are a balanced tree of the same inputs", () => {
    const inputs = Array.from({ length: 1_000 }, (_, i) => spark.range(i + 1));
    const df = inputs.reduce((all, next) => all.union(next));
    const plan = resolvePlan(df.toPlan());
    const seen: Relation[] = [];
    const visit = (of: Relation | undefined): void => {
      if (of?.relType.case !== "setOp") return void seen.push(of as Relation);
      visit(of.relType.value.leftInput);
      visit(of.relType.value.rightInput);
    };
    visit(plan);
    expect(seen).to.deep.equal(inputs.map((input) => input.toPlan()));
    expect(plan.common?.planId).to.equal(df.toPlan().common?.planId);
  });

  it("what stays too deep is refused before it is sent, and never overflows the stack", () => {
    const tooDeep = "SPARK_PLAN_TOO_DEEP";
    const plans: Readonly<Record<string, () => DataFrame>> = {
      dependent: () =>
        chain(1_000, (df, i) => df.withColumn(`c${i + 1}`, col(i === 0 ? "id" : `c${i}`).plus(1))),
      filters: () => chain(20_000, (df) => df.filter("id > 0")),
      joins: () => chain(2_000, (df, i) => df.join(spark.range(i), "id")),
      "distinct unions": () => chain(2_000, (df) => df.union(base).distinct()),
      sum: () =>
        base.select(Array.from({ length: 20_000 }, (_, i) => lit(i)).reduce((all, next) => all.plus(next))),
      "nots of ors": () =>
        base.filter(
          Array.from({ length: 5_000 }, (_, i) => col("id").eq(i)).reduce((all, next) => all.or(next).not()),
        ),
    };
    for (const [name, make] of Object.entries(plans)) {
      expect(
        codeOf(() => planOfQuery(make().toPlan())),
        name,
      ).to.equal(tooDeep);
    }
  });
});
