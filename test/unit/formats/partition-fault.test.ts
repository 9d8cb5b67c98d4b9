import { expect } from "chai";
import * as fc from "fast-check";
import { partitionFault } from "../../../src/formats/partition-fault.ts";

const table = { format: "parquet", isTable: true };
const single = [
  "string",
  "int",
  "bigint",
  "decimal(30,2)",
  "date",
  "timestamp",
  "boolean",
  "double",
  "varchar(3)",
];
const compound = ["array<int>", "map<string,int>", "struct<a:int>", "variant", "binary", "time(6)"];

describe("partitionFault", () => {
  it("takes single values, and refuses what holds several, what is doubled, and all columns", () => {
    const type = fc.constantFrom(...single, ...compound);
    const columns = fc
      .uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 })
      .chain((names) => fc.tuple(...names.map((name) => type.map((of) => ({ name, type: of })))));
    const partitionBy = fc.array(fc.constantFrom("a", "B", "c", "A"), { maxLength: 4 });
    void fc.assert(
      fc.property(columns, partitionBy, (of, by) => {
        const lower = by.map((name) => name.toLowerCase());
        const isDoubled = new Set(lower).size < lower.length;
        const isCompound = of.some((column) => lower.includes(column.name) && compound.includes(column.type));
        const isAll = of.every((column) => lower.includes(column.name));
        const fault = partitionFault(table, of, by);
        expect(fault !== undefined).to.equal(isDoubled || isCompound || isAll);
      }),
    );
  });

  it("names column and type, and knows what a catalog forgets", () => {
    const columns = [
      { name: "id", type: "int" },
      { name: "At", type: "timestamp_ntz" },
      { name: "s", type: "STRUCT<a: INT>" },
    ];
    expect(partitionFault(table, columns, ["S"])?.why).to.contain(
      "column 's' of partition_by is STRUCT<a: INT>",
    );
    expect(partitionFault(table, columns, ["at"])).to.equal(undefined);
    expect(partitionFault(table, columns, ["at", "id"])?.why).to.contain(
      "'At' of partition_by is timestamp_ntz",
    );
    expect(partitionFault({ ...table, format: "delta" }, columns, ["at", "id"])).to.equal(undefined);
    expect(partitionFault({ ...table, isTable: false }, columns, ["at", "id"])).to.equal(undefined);
    expect(partitionFault(table, [], ["at"])).to.equal(undefined);
  });
});
