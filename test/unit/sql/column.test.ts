import { expect } from "chai";
import { Column } from "../../../src/sql/column.ts";
import { col, expr, lit } from "../../../src/sql/functions/call.ts";
import { when } from "../../../src/sql/functions/conditional-functions.ts";
import { rank } from "../../../src/sql/functions/window-functions.ts";
import { DecimalType } from "../../../src/sql/types/data-type.ts";
import { Window } from "../../../src/sql/window.ts";
import { protoOf } from "./plan-json.ts";

const attribute = (name: string) => ({ unresolvedAttribute: { unparsedIdentifier: name } });
const call = (functionName: string, ...args: unknown[]) => ({
  unresolvedFunction: { functionName, arguments: args },
});
const one = { literal: { integer: 1 } };
const a = col("a");

describe("Column", () => {
  const operators: readonly (readonly [string, Column])[] = [
    ["==", a.eq(1)],
    ["<=>", a.eqNullSafe(1)],
    ["<", a.lt(1)],
    ["<=", a.leq(1)],
    [">", a.gt(1)],
    [">=", a.geq(1)],
    ["+", a.plus(1)],
    ["-", a.minus(1)],
    ["*", a.multiply(1)],
    ["/", a.divide(1)],
    ["%", a.mod(1)],
    ["power", a.pow(1)],
    ["and", a.and(1)],
    ["or", a.or(1)],
    ["like", a.like(1)],
    ["rlike", a.rlike(1)],
    ["ilike", a.ilike(1)],
    ["startsWith", a.startsWith(1)],
    ["endsWith", a.endsWith(1)],
    ["contains", a.contains(1)],
    ["&", a.bitwiseAND(1)],
    ["|", a.bitwiseOR(1)],
    ["^", a.bitwiseXOR(1)],
  ];
  for (const [name, column] of operators) {
    it(name, () => expect(protoOf(column)).to.deep.equal(call(name, attribute("a"), one)));
  }

  it("asks about NULL and NaN, negates, and looks into lists and ranges", () => {
    expect(protoOf(a.isNull())).to.deep.equal(call("isNull", attribute("a")));
    expect(protoOf(a.notEqual(1))).to.deep.equal(call("not", call("==", attribute("a"), one)));
    expect(protoOf(a.isin(1, 1))).to.deep.equal(call("in", attribute("a"), one, one));
    expect(protoOf(a.isin([1, 1]))).to.deep.equal(call("in", attribute("a"), one, one));
    expect(protoOf(a.between(1, col("b")))).to.deep.equal(
      call("and", call(">=", attribute("a"), one), call("<=", attribute("a"), attribute("b"))),
    );
    expect(protoOf(a.substr(1, 1))).to.deep.equal(call("substr", attribute("a"), one, one));
  });

  it("casts by text, by type, and by trying", () => {
    expect(protoOf(a.cast("int"))).to.deep.equal({ cast: { expr: attribute("a"), typeStr: "int" } });
    expect(protoOf(a.tryCast(new DecimalType(38, 2)))).to.deep.equal({
      cast: {
        expr: attribute("a"),
        type: { decimal: { precision: 38, scale: 2 } },
        evalMode: "EVAL_MODE_TRY",
      },
    });
  });

  it("names, with metadata, and several at once", () => {
    expect(protoOf(a.as("b", { unit: "min" }))).to.deep.equal({
      alias: { expr: attribute("a"), name: ["b"], metadata: '{"unit":"min"}' },
    });
    expect(protoOf(a.alias(["k", "v"]))).to.deep.equal({ alias: { expr: attribute("a"), name: ["k", "v"] } });
    expect(() => a.alias(["k", "v"], {}))
      .to.throw()
      .with.property("code", "USAGE_ALIAS_METADATA");
  });

  it("orders", () => {
    const order = (direction: string, nullOrdering: string) => ({
      sortOrder: { child: attribute("a"), direction, nullOrdering },
    });
    expect(protoOf(a.asc())).to.deep.equal(order("SORT_DIRECTION_ASCENDING", "SORT_NULLS_FIRST"));
    expect(protoOf(a.ascNullsLast())).to.deep.equal(order("SORT_DIRECTION_ASCENDING", "SORT_NULLS_LAST"));
    expect(protoOf(a.desc())).to.deep.equal(order("SORT_DIRECTION_DESCENDING", "SORT_NULLS_LAST"));
    expect(protoOf(a.descNullsFirst())).to.deep.equal(order("SORT_DIRECTION_DESCENDING", "SORT_NULLS_FIRST"));
  });

  it("reaches into arrays, maps and structs", () => {
    expect(protoOf(a.getItem(1))).to.deep.equal({
      unresolvedExtractValue: { child: attribute("a"), extraction: one },
    });
    expect(protoOf(a.getField("f"))).to.deep.equal({
      unresolvedExtractValue: { child: attribute("a"), extraction: { literal: { string: "f" } } },
    });
    expect(protoOf(a.withField("f", 1).dropFields("g"))).to.deep.equal({
      updateFields: {
        structExpression: {
          updateFields: { structExpression: attribute("a"), fieldName: "f", valueExpression: one },
        },
        fieldName: "g",
      },
    });
  });

  it("branches, and says when it cannot", () => {
    expect(protoOf(when(a, 1).when(col("b"), 2).otherwise(3))).to.deep.equal(
      call(
        "when",
        attribute("a"),
        one,
        attribute("b"),
        { literal: { integer: 2 } },
        { literal: { integer: 3 } },
      ),
    );
    expect(() => a.otherwise(1))
      .to.throw()
      .with.property("code", "USAGE_WHEN");
    expect(() => when(a, 1).otherwise(2).when(a, 3))
      .to.throw()
      .with.property("code", "USAGE_WHEN");
  });

  it("looks at windows", () => {
    const proto = protoOf(
      rank().over(Window.partitionBy("p").orderBy(a.desc()).rowsBetween(-2, Window.currentRow)),
    );
    expect(proto).to.deep.equal({
      window: {
        windowFunction: { unresolvedFunction: { functionName: "rank" } },
        partitionSpec: [attribute("p")],
        orderSpec: [
          { child: attribute("a"), direction: "SORT_DIRECTION_DESCENDING", nullOrdering: "SORT_NULLS_LAST" },
        ],
        frameSpec: {
          frameType: "FRAME_TYPE_ROW",
          lower: { value: { literal: { integer: -2 } } },
          upper: { currentRow: true },
        },
      },
    });
    const range = protoOf(rank().over(Window.rangeBetween(Window.unboundedPreceding, 5n)));
    expect(range).to.have.deep.nested.property("window.frameSpec", {
      frameType: "FRAME_TYPE_RANGE",
      lower: { unbounded: true },
      upper: { value: { literal: { long: "5" } } },
    });
    expect(() => Window.rowsBetween(1, 0))
      .to.throw()
      .with.property("code", "USAGE_WINDOW_FRAME");
    expect(() => Window.rowsBetween(0.5, 1))
      .to.throw()
      .with.property("code", "USAGE_WINDOW_FRAME");
  });

  it("names stars, and keeps SQL text", () => {
    expect(protoOf(col("*"))).to.deep.equal({ unresolvedStar: {} });
    expect(protoOf(col("t.*"))).to.deep.equal({ unresolvedStar: { unparsedTarget: "t.*" } });
    expect(protoOf(expr("a + 1"))).to.deep.equal({ expressionString: { expression: "a + 1" } });
  });

  it("is not a value", () => {
    expect(() => `${a}`)
      .to.throw()
      .with.property("code", "USAGE_COLUMN_AS_VALUE");
    expect(lit(a)).to.be.instanceOf(Column);
    expect(lit(a).toProto()).to.equal(a.toProto());
  });
});
