import { expect } from "chai";
import { SessionClosedError, SparkError } from "../../../src/connect/errors.ts";
import { closeClients, openClient, rowsOf, sqlPlan } from "./sql-plan.ts";

async function failed(query: string): Promise<SparkError> {
  const client = await openClient();
  const thrown = await rowsOf(client.execute(sqlPlan(query))).catch((error: unknown) => error);
  expect(thrown).to.be.instanceOf(SparkError);
  return thrown as SparkError;
}

describe("errors of a server", () => {
  after(closeClients);

  it("name class, SQL state, parameters and the piece of the query", async () => {
    const error = await failed("SELECT nope FROM range(5)");
    expect(error).to.include({
      code: "SPARK_UNRESOLVED_COLUMN_WITH_SUGGESTION",
      errorClass: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
    });
    expect(error.message)
      .to.match(/^\[UNRESOLVED_COLUMN\.WITH_SUGGESTION\] /)
      .and.not.include("\n");
    expect(error.messageParameters).to.include({ objectName: "`nope`" });
    expect(error.queryContexts[0]).to.include({ fragment: "nope", startIndex: 7, stopIndex: 10 });
    expect(error.serverStack.length).to.be.above(5);
  });

  it("show where the syntax is wrong", async () => {
    const error = await failed("SELECT * FORM x");
    expect(error.code).to.equal("SPARK_PARSE_SYNTAX_ERROR");
    expect(error.message).to.include("-^^^");
  });

  it("carry the chain of causes of a task that failed, without Java frames in the message", async () => {
    const error = await failed("SELECT raise_error(concat('no', ' luck ', id)) FROM range(1)");
    const messages = [error, ...error.causes].map(({ message }) => message);
    expect(messages.join("\n"))
      .to.include("no luck 0")
      .and.not.match(/^\s+at /m);
    expect(error.errorClass).to.equal("USER_RAISED_EXCEPTION");
  });

  it("say whose session is gone when it was released elsewhere", async () => {
    const client = await openClient();
    expect(await rowsOf(client.execute(sqlPlan("SELECT 1")))).to.eql([[1]]);
    const elsewhere = await openClient({ sessionId: client.sessionId });
    await elsewhere.config({ case: "getAll", value: {} });
    await elsewhere.releaseSession();
    const thrown = await rowsOf(client.execute(sqlPlan("SELECT 1"))).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(SessionClosedError).with.property("sessionId", client.sessionId);
  });
});
