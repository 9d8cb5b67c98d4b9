import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { bin, cli, environment, repository } from "./command-line.ts";

const everything = `select 9223372036854775807 as big, cast('0.10' as decimal(38, 2)) as exact, cast(0.1 as float) as f,
  cast(1 as double) as d, date'2001-02-03' as day, map('k', array(1, null)) as m, cast(null as string) as nothing, '' as empty`;

describe("cli: sql", () => {
  it("json keeps every digit and stays valid JSON", async () => {
    const { code, stdout, stderr } = await cli(["sql", everything, "--format", "json"]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.equal(
      '{"big":9223372036854775807,"exact":0.10,"f":0.1,"d":1.0,"day":"2001-02-03","m":{"k":[1,null]},"nothing":null,"empty":""}\n',
    );
    JSON.parse(stdout);
  });

  it("csv is RFC 4180", async () => {
    const { stdout } = await cli(["sql", everything, "--format", "csv"]);
    expect(stdout).to.equal(
      'big,exact,f,d,day,m,nothing,empty\r\n9223372036854775807,0.10,0.1,1.0,2001-02-03,"{""k"":[1,null]}",,""\r\n',
    );
  });

  it("a table shows 1,000 rows unless told otherwise, and says so", async () => {
    const all = await cli(["sql", "select id from range(1001)"]);
    expect(all.stdout.match(/\n/g)).to.have.lengthOf(1_004);
    expect(all.stderr).to.match(/^only the first 1000 rows are shown; /);
    const two = await cli(["sql", "select id, null as n from range(1001) order by id", "--limit", "2"]);
    expect(two.stdout).to.equal("+--+----+\n|id|n   |\n+--+----+\n| 0|NULL|\n| 1|NULL|\n+--+----+\n");
    const exactly = await cli(["sql", "select id from range(2)", "--limit", "2"]);
    expect(exactly.stderr).to.equal("");
  });

  it("an empty result still has its columns", async () => {
    const query = "select 1 as a where false";
    expect((await cli(["sql", query])).stdout).to.equal("+-+\n|a|\n+-+\n+-+\n");
    expect((await cli(["sql", query, "--format", "csv"])).stdout).to.equal("a\r\n");
    expect((await cli(["sql", query, "--format", "json"])).stdout).to.equal("");
  });

  it("takes the query from stdin, and commands too", async () => {
    const { code, stdout } = await cli(["sql", "-", "--format", "json"], {
      stdin: "-- a comment\nselect 1 as a\n",
    });
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '{"a":1}\n' });
    const view = await cli(["sql", "create or replace temporary view v as select 1"]);
    expect(view).to.include({ code: 0, stdout: "", stderr: "" });
    expect((await cli(["sql", "  "])).stderr).to.include("USAGE_EMPTY_QUERY");
  });

  it("cannot lose a column to its name", async () => {
    const { code, stderr } = await cli(["sql", "select 1 as a, 2 as a", "--format", "json"]);
    expect(code).to.equal(2);
    expect(stderr).to.include("USAGE_DUPLICATE_COLUMN");
    expect((await cli(["sql", "select 1 as a, 2 as a", "--format", "csv"])).stdout).to.equal(
      "a,a\r\n1,2\r\n",
    );
  });

  it("a wrong query is an error of Spark, in few lines", async () => {
    const { code, stdout, stderr } = await cli(["sql", "select nope from range(1)"]);
    expect({ code, stdout }).to.deep.equal({ code: 4, stdout: "" });
    expect(stderr)
      .to.match(/^error\[SPARK_/)
      .and.to.include("nope");
    expect(stderr.split("\n").length).to.be.lessThan(20);
  });

  it("a dead server is a clear error, soon", async () => {
    const { code, stderr, ms } = await cli(["sql", "select 1"], {
      env: { SPARK_REMOTE: "sc://localhost:1" },
    });
    expect(code).to.equal(4);
    expect(stderr)
      .to.match(/^error\[CONNECT_UNAVAILABLE\].*sc:\/\/localhost:1.*\n/)
      .and.to.include("hint: ");
    expect(ms).to.be.lessThan(15_000);
  });

  it("a server that takes calls and answers none is a clear error, soon", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { code, stderr, ms } = await cli(["sql", "select 1"], {
      env: { SPARK_REMOTE: `sc://127.0.0.1:${port}` },
    });
    server.close();
    expect(code).to.equal(4);
    expect(stderr.replace(/\s+/g, " ")).to.match(
      /^error\[CONNECT_UNAVAILABLE\].*has not answered for 12\.0 s.* hint: /,
    );
    expect(ms).to.be.lessThan(15_000);
  });

  it("stops quietly when its reader has read enough", async () => {
    const child = spawn(process.execPath, [bin, "sql", "select id from range(3000000)", "--format", "csv"], {
      cwd: repository,
      env: await environment(),
    });
    let stderr = "";
    child.stderr.on("data", (piece: Buffer) => {
      stderr += piece.toString();
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = (await once(child, "close")) as [number];
    expect({ code, stderr }).to.deep.equal({ code: 141, stderr: "" });
  });
});
