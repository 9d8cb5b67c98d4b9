import { expect } from "chai";
import { portInLog } from "../../../src/server/server-log.ts";
import { meaningfulLines, startFailure } from "../../../src/server/start-failure.ts";

describe("a server that did not start", () => {
  const cases: readonly [string, RegExp][] = [
    [
      "Error occurred during initialization of VM\nCould not reserve enough space for 900g object heap",
      /driver\.memory/,
    ],
    ["Error: LinkageError\n java.lang.UnsupportedClassVersionError: org/apache/spark", /Java 17/],
    ["Unrecognized option: -XXX\nError: Could not create the Java Virtual Machine.", /JAVA_TOOL_OPTIONS/],
    ["java.io.IOException: No space left on device", /space on the disk/],
    ["something else", /read \/p\/server\.log/],
  ];
  for (const [log, hint] of cases) {
    it(`says what to do about: ${log.split("\n").at(-1)}`, () => {
      const error = startFailure("ended", log, "/p/server.log");
      expect(error.code).to.equal("SERVER_START_FAILED");
      expect(error.hint).to.match(hint);
      expect(error.message).to.contain(log.split("\n").at(-1));
    });
  }

  it("shows errors and causes without stack frames", () => {
    const lines = [
      "WARN x",
      "ERROR SparkContext: no",
      "\tat a.B(C.scala:1)",
      "Caused by: y",
      "\t... 9 more",
      "INFO z",
    ];
    expect(meaningfulLines(lines)).to.deep.equal(["ERROR SparkContext: no", "Caused by: y"]);
  });

  it("shows the end of a log that names no error", () => {
    expect(meaningfulLines(Array.from({ length: 20 }, (_, i) => `line ${i}`)))
      .to.have.length(12)
      .and.include("line 19");
  });
});

describe("the port in a log", () => {
  it("is that of the line by which the server says it is up", () => {
    expect(
      portInLog("INFO Starting\nINFO SparkConnectServer: Spark Connect server started at: 127.0.0.1:38699\n"),
    ).to.equal(38_699);
    expect(portInLog("INFO Spark Connect server started at: 0:0:0:0:0:0:0:1%0:4711\n")).to.equal(4711);
    expect(portInLog("INFO Starting Spark session.\n")).to.equal(undefined);
  });
});
