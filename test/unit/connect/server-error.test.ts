import { expect } from "chai";
import type { ConfigInit } from "../../../src/connect/connect-client.ts";
import { ConnectionError, SparkError } from "../../../src/connect/errors.ts";
import { cleanMessage } from "../../../src/connect/server-error.ts";
import { scriptedClient } from "./scripted-client.ts";
import { failure } from "./scripted-transport.ts";

const get: ConfigInit = { case: "get", value: { keys: ["k"] } };
const info = {
  errorClass: "TABLE_OR_VIEW_NOT_FOUND",
  sqlState: "42P01",
  errorId: "e-1",
  classes: '["org.apache.spark.sql.AnalysisException"]',
  messageParameters: '{"relationName":"`t`"}',
};

describe("errors of the server", () => {
  it("carry what the status says", async () => {
    const { client } = scriptedClient({
      answers: {
        config: [failure("INTERNAL", { message: "[TABLE_OR_VIEW_NOT_FOUND] no `t`. SQLSTATE: 42P01", info })],
        fetchErrorDetails: [failure("UNAVAILABLE")],
      },
    });
    const error = (await client.config(get).catch((thrown: unknown) => thrown)) as SparkError;
    expect(error).to.be.instanceOf(SparkError);
    expect(error).to.include({
      code: "SPARK_TABLE_OR_VIEW_NOT_FOUND",
      errorClass: "TABLE_OR_VIEW_NOT_FOUND",
      sqlState: "42P01",
      grpcStatus: "INTERNAL",
      message: "[TABLE_OR_VIEW_NOT_FOUND] no `t`. SQLSTATE: 42P01",
    });
    expect(error.messageParameters).to.eql({ relationName: "`t`" });
    expect(error.classes).to.eql(["org.apache.spark.sql.AnalysisException"]);
    expect(error.cause).to.have.property("status", "INTERNAL");
  });

  it("are asked for once, and a failure of that does not hide them", async () => {
    const { client, log, warnings } = scriptedClient({
      answers: { config: [failure("INTERNAL", { info })], fetchErrorDetails: [failure("UNAVAILABLE")] },
    });
    expect(await client.config(get).catch((thrown: unknown) => thrown)).to.have.property(
      "code",
      "SPARK_TABLE_OR_VIEW_NOT_FOUND",
    );
    expect(log).to.eql(["config", "fetchErrorDetails"]);
    expect(warnings).to.have.length(1);
  });

  it("carry the chain of causes, contexts, breaking changes and the Java stack of FetchErrorDetails", async () => {
    const { client, transport } = scriptedClient({
      answers: {
        config: [failure("INTERNAL", { message: "cut sho…", info })],
        fetchErrorDetails: [
          {
            sessionId: "",
            rootErrorIdx: 0,
            errors: [
              {
                message: "the whole message",
                errorTypeHierarchy: ["a.B", "java.lang.Exception"],
                causeIdx: 1,
                stackTrace: [
                  { declaringClass: "a.B", methodName: "run", fileName: "B.scala", lineNumber: 7 },
                ],
                sparkThrowable: {
                  errorClass: "OTHER.CLASS",
                  messageParameters: { more: "1" },
                  queryContexts: [{ contextType: 0, fragment: "nope", startIndex: 7, stopIndex: 10 }],
                  breakingChangeInfo: {
                    migrationMessage: ["set it"],
                    mitigationConfig: { key: "k", value: "v" },
                  },
                },
              },
              {
                message: "java.io.IOException: disk full",
                causeIdx: 2,
                errorTypeHierarchy: ["java.io.IOException"],
              },
              { message: "", causeIdx: 0, errorTypeHierarchy: ["a.Root"] },
            ],
          },
        ],
      },
    });
    const error = (await client.config(get).catch((thrown: unknown) => thrown)) as SparkError;
    expect(error).to.include({ code: "SPARK_OTHER_CLASS", sqlState: "42P01", message: "the whole message" });
    expect(error.messageParameters).to.eql({ relationName: "`t`", more: "1" });
    expect(error.serverStack).to.eql(["a.B.run(B.scala:7)"]);
    expect(error.queryContexts[0]).to.include({
      kind: "sql",
      fragment: "nope",
      startIndex: 7,
      stopIndex: 10,
    });
    expect(error.breakingChange).to.eql({
      migrationMessage: ["set it"],
      mitigationConfig: { key: "k", value: "v" },
      needsAudit: true,
    });
    expect(error.causes.map(({ message }) => message)).to.eql(["disk full", "a.Root"]);
    expect(error.causes.at(-1)?.cause).to.have.property("message", "cut sho…");
    expect(transport.calls[1]?.options.deadlineMs).to.equal(5_000);
    expect(transport.calls[1]).to.have.nested.property("request.errorId", "e-1");
  });

  it("survive status details that are cut short", async () => {
    const broken = failure("INTERNAL", { message: "[SOME_CLASS] text SQLSTATE: 12345", info });
    const bytes = broken.statusDetails?.subarray(0, 40);
    const { client } = scriptedClient({
      answers: {
        config: [Object.assign(failure("INTERNAL", { message: broken.message }), { statusDetails: bytes })],
      },
    });
    const error = await client.config(get).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "SPARK_SOME_CLASS", sqlState: "12345" });
  });

  it("say what to do about a token, a message size, and a server of another kind", async () => {
    const thrown = async (...args: Parameters<typeof failure>) =>
      await scriptedClient({ answers: { config: [failure(...args)] } })
        .client.config(get)
        .catch((error: unknown) => error);
    expect(await thrown("UNAUTHENTICATED"))
      .to.have.property("hint")
      .that.includes("token");
    const tooLarge = { message: "Received message larger than max (9 vs 4)" };
    expect(await thrown("RESOURCE_EXHAUSTED", tooLarge))
      .to.have.property("hint")
      .that.includes("grpc_max_message_size");
    const http = await thrown("UNIMPLEMENTED", { message: "Received HTTP status code 404" });
    expect(http).to.be.instanceOf(ConnectionError);
  });
});

describe("cleanMessage", () => {
  const cases: [string, string][] = [
    ["plain", "plain"],
    ["java.lang.RuntimeException: boom", "boom"],
    ["org.apache.spark.SparkException: java.lang.IllegalStateException: boom", "boom"],
    [
      "(org.apache.spark.sql.catalyst.parser.ParseException) \n[PARSE_SYNTAX_ERROR] x",
      "[PARSE_SYNTAX_ERROR] x",
    ],
    ["[A] no column;\n'Project ['nope]\n+- Range (0, 5)\n", "[A] no column;"],
    ["[A] no column;\n'Sort\n:- x\n+- Range (0, 5)\n", "[A] no column;"],
    ["Job aborted\n\tat org.apache.Foo.bar(Foo.scala:1)\n\tat x.Y.z(Y:2)", "Job aborted"],
    ["Job aborted\n\nDriver stacktrace:", "Job aborted"],
    [
      "[P] x (line 1, pos 9)\n\n== SQL ==\nSELECT\n---^^^\n",
      "[P] x (line 1, pos 9)\n\n== SQL ==\nSELECT\n---^^^",
    ],
    ["see http://a.b.C: no", "see http://a.b.C: no"],
  ];
  for (const [message, expected] of cases) {
    it(JSON.stringify(message), () => expect(cleanMessage(message)).to.equal(expected));
  }
});
