import { expect } from "chai";
import { LocalDateTime } from "../../../src/arrow/values/local-date-time.ts";
import { Timestamp } from "../../../src/arrow/values/timestamp.ts";
import { timeTextIn } from "../../../src/cli/rows/zoned-text.ts";

describe("times in a table", () => {
  const at = (text: string, zone: string) => timeTextIn(zone)(Timestamp.parse(text));

  it("are what clocks in the session's zone show", () => {
    expect(at("2024-07-01T10:00:00Z", "Europe/Berlin")).to.equal("2024-07-01 12:00:00");
    expect(at("2024-01-01T11:00:00Z", "Europe/Berlin")).to.equal("2024-01-01 12:00:00");
    expect(at("2024-10-27T00:30:00Z", "Europe/Berlin")).to.equal("2024-10-27 02:30:00");
    expect(at("2024-10-27T01:30:00Z", "Europe/Berlin")).to.equal("2024-10-27 02:30:00");
    expect(at("2024-07-01T10:00:00.120300Z", "Asia/Kolkata")).to.equal("2024-07-01 15:30:00.1203");
    expect(at("2024-07-01T10:00:00.000001Z", "UTC")).to.equal("2024-07-01 10:00:00.000001");
    expect(at("1969-12-31T23:59:59.999999Z", "Z")).to.equal("1969-12-31 23:59:59.999999");
    expect(at("1890-01-01T00:00:00Z", "Europe/Berlin")).to.equal("1890-01-01 00:53:28");
  });

  it("are so in zones that are an offset, however Spark takes it", () => {
    for (const zone of ["+02:00", "GMT+2", "UTC+02:00", "UT+2"]) {
      expect(at("2024-07-01T23:00:00Z", zone), zone).to.equal("2024-07-02 01:00:00");
    }
  });

  it("without a zone are the same in every zone", () => {
    expect(timeTextIn("Asia/Tokyo")(LocalDateTime.parse("2024-07-01T12:00:00.5"))).to.equal(
      "2024-07-01 12:00:00.5",
    );
  });
});
