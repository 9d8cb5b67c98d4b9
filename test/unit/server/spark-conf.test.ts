import { expect } from "chai";
import { checkUserConf, formatProperties, sparkConf } from "../../../src/server/spark-conf.ts";
import { stateFolder } from "../../../src/server/state-folder.ts";

const options = { folder: stateFolder("/p"), token: "secret", cores: 2, hasDelta: true, conf: {} };

describe("settings of the embedded server", () => {
  it("lets the user's settings win over the defaults", () => {
    const conf = sparkConf({
      ...options,
      conf: { "spark.master": "local[1]", "spark.sql.shuffle.partitions": "7" },
    });
    expect(conf["spark.master"]).to.equal("local[1]");
    expect(conf["spark.sql.shuffle.partitions"]).to.equal("7");
    expect(conf["spark.sql.session.timeZone"]).to.equal("UTC");
    expect(conf["spark.checkpoint.dir"]).to.equal(`${options.folder.temporary}/checkpoints`);
    expect(conf["spark.connect.grpc.binding.address"]).to.equal("127.0.0.1");
  });

  it("names Delta's classes only where they are", () => {
    expect(sparkConf({ ...options, hasDelta: false })).not.to.have.property("spark.sql.extensions");
    expect(sparkConf(options)).to.have.property("spark.sql.extensions");
  });

  it("refuses to let the user take over the token or the address", () => {
    expect(() => checkUserConf({ "spark.connect.authenticate.token": "mine" }))
      .to.throw("spark.connect.authenticate.token")
      .with.property("code", "SERVER_RESERVED_CONF");
    expect(() => checkUserConf({ "spark.driver.memory": "1g" })).not.to.throw();
  });

  it("writes what java.util.Properties reads back", () => {
    expect(formatProperties({ "a.b": "1", "k=v: x": "C:\\x y\nz", lead: " x", eq: "a=b:c#d" })).to.equal(
      "a.b=1\nk\\=v\\:\\ x=C:\\\\x y\\nz\nlead=\\ x\neq=a=b:c#d\n",
    );
  });
});
