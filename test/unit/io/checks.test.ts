import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { SparkError } from "../../../src/connect/errors.ts";
import { refuseViolations, violationText } from "../../../src/io/checks/check-error.ts";
import { saysExactly } from "../../../src/io/checks/written-value.ts";
import { listFeatures, parseFeatureRef } from "../../../src/io/features/feature-source.ts";
import { optionSecrets, withoutSecrets } from "../../../src/io/option-secrets.ts";
import {
  DateType,
  DecimalType,
  IntegerType,
  StringType,
  TimestampNTZType,
  TimestampType,
} from "../../../src/sql/types/data-type.ts";

const dataset = (some: Partial<DatasetConfig> = {}): DatasetConfig => ({
  name: "d",
  location: { kind: "table", table: "d" },
  format: "delta",
  mode: "overwrite",
  partitionBy: [],
  mergeKeys: [],
  options: {},
  ...some,
});

describe("written values", () => {
  it("say a value of a type exactly, or not", () => {
    const decimal = new DecimalType(5, 2);
    expect(
      ["0", "999.99", "-999.9900", "+1.", ".5", "0001"].every((text) => saysExactly(text, decimal)),
    ).to.equal(true);
    for (const text of ["1000", "1.239", "", ".", "-", "1e2", "1,5", " 1"]) {
      expect(saysExactly(text, decimal), text).to.equal(false);
    }
    expect(saysExactly("1.0", IntegerType)).to.equal(false);
    expect(saysExactly("2001-01-01", DateType)).to.equal(true);
    expect(saysExactly("2001-01-01 00:00", DateType)).to.equal(false);
    expect(saysExactly("2001-01-01T00:00:00.1234560Z", TimestampType)).to.equal(true);
    expect(saysExactly("2001-01-01T00:00:00.1234567Z", TimestampType)).to.equal(false);
    expect(saysExactly("2001-01-01T00:00:00Z", TimestampNTZType)).to.equal(false);
    expect(saysExactly("anything", new StringType())).to.equal(true);
  });
});

describe("violations", () => {
  const position = { file: "d.yaml", line: 3, column: 5 };
  const check = { name: "few", severity: "error", kind: "row_count", max: 1, position } as const;
  const result = {
    name: "few",
    kind: "row_count",
    severity: "error",
    passed: false,
    violations: 0n,
  } as const;

  it("refuse a write only where the check is an error", () => {
    const refuse = (severity: "error" | "warn") =>
      refuseViolations(dataset(), [{ ...check, severity }], { rows: 2n, checks: [{ ...result, severity }] });
    expect(() => refuse("error")).to.throw(
      "dataset 'd' fails a check, so nothing was written: few: there are 2 rows",
    );
    refuse("warn");
  });

  it("tell the bounds and the place", () => {
    expect(violationText([check], result, 2n)).to.equal("few: there are 2 rows, at most 1 (d.yaml:3:5)");
  });
});

describe("secret options", () => {
  const jdbc = dataset({
    options: {
      url: "jdbc:x://u:inurl@h/db;password=param;x=y",
      password: "own",
      apiToken: "t0ken",
      user: "etl",
    },
  });

  it("are found by name and in URLs", () => {
    expect(optionSecrets(jdbc)).to.deep.equal(["inurl", "param", "own", "t0ken"]);
  });

  it("are masked in errors, whose causes are then left out", () => {
    const cause = new SparkError("refused param", { grpcStatus: "INTERNAL", errorClass: "X" });
    const masked = withoutSecrets(jdbc, cause) as SparkError;
    expect(masked).to.include({ code: "SPARK_X", message: "refused ***" });
    expect(masked.cause).to.equal(undefined);
    const harmless = new SparkError("refused", { grpcStatus: "INTERNAL" });
    expect(withoutSecrets(jdbc, harmless)).to.equal(harmless);
  });
});

describe("features", () => {
  it("are listed by source, with their names where the schema is declared", () => {
    const column = (name: string) => ({ name, type: "int", nullable: true });
    const datasets = new Map([
      ["plain", dataset()],
      [
        "c",
        dataset({
          name: "c",
          entityKeys: ["ID"],
          timestampColumn: "at",
          schema: ["id", "at", "n"].map(column),
        }),
      ],
      ["e", dataset({ name: "e", entityKeys: ["k"], description: "about e" })],
    ]);
    expect(listFeatures({ datasets })).to.deep.equal([
      { source: "c", entityKeys: ["ID"], timestampColumn: "at", features: ["n"] },
      { source: "e", entityKeys: ["k"], description: "about e" },
    ]);
  });

  it("are named by dataset and column", () => {
    expect(parseFeatureRef("gold.customer.n")).to.deep.equal({ source: "gold.customer", feature: "n" });
    for (const text of ["n", ".n", "n."]) expect(() => parseFeatureRef(text)).to.throw("is not a feature");
  });
});
