import { expect } from "chai";
import { formatNames, formatPolicy, writeFault } from "../../../src/formats/format-policy.ts";

const modes = ["overwrite", "append", "error", "ignore", "merge", "replace_window"];

describe("the format policy", () => {
  it("says which format takes which mode", () => {
    const taken = Object.fromEntries(
      formatNames.map((format) => [
        format,
        modes.filter((mode) => writeFault(format, mode, false) === undefined).join(" "),
      ]),
    );
    const files = "overwrite append error ignore";
    expect(taken).to.deep.equal({
      delta: `${files} merge replace_window`,
      parquet: files,
      orc: files,
      json: files,
      csv: files,
      text: files,
      avro: files,
      jdbc: files,
      kafka: "append",
    });
  });

  it("says what to do about a mode that only Delta has", () => {
    expect(writeFault("parquet", "replace_window", true)).to.deep.equal({
      key: "mode",
      why: "parquet does not support mode replace_window",
      hint: "Use `format: delta`, or one of the modes overwrite, append, error, ignore.",
    });
  });

  it("says what cannot be partitioned", () => {
    expect(writeFault("jdbc", "append", true)?.key).to.equal("partition_by");
    expect(writeFault("orc", "append", true)).to.equal(undefined);
  });

  it("knows what it does not know", () => {
    expect(formatPolicy("iceberg")).to.equal(undefined);
    expect(formatPolicy("constructor")).to.equal(undefined);
    expect(writeFault("iceberg", "append", false)).to.equal(undefined);
  });
});
