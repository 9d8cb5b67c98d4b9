import { expect } from "chai";
import { parseJavaVersion, sparkJavaOptions } from "../../../src/server/java.ts";

describe("java", () => {
  const banners: readonly [string, number | undefined][] = [
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "25.0.2" 2026-01-20 LTS', 25],
    ['openjdk version "26-ea" 2026-03-17', 26],
    ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.2" 2019-01-15', 11],
    ["The operation couldn’t be completed. Unable to locate a Java Runtime.", undefined],
    ["", undefined],
  ];
  for (const [banner, feature] of banners) {
    it(`reads ${feature} out of ${JSON.stringify(banner)}`, () => {
      expect(parseJavaVersion(banner)).to.equal(feature);
    });
  }

  it("allows Arrow the memory access that Java 24 takes away, and only there", () => {
    expect(sparkJavaOptions(25)).to.include("-Dio.netty.noUnsafe=false");
    expect(sparkJavaOptions(17)).not.to.include("--sun-misc-unsafe-memory-access=allow");
    expect(sparkJavaOptions(17)).to.include("--add-opens=java.base/java.nio=ALL-UNNAMED");
  });
});
