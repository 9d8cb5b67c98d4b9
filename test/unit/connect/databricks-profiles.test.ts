import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parseProfiles, readProfile } from "../../../src/connect/databricks-profiles.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { thrownBy } from "../../thrown-by.ts";

const text = `
; written by the command line
token = top
[DEFAULT]
host = https://default.cloud.databricks.com/
# a comment
[ prod ]
HOST=https://prod.cloud.databricks.com
client_id = abc
client_secret: d=e:f#g;h
cluster_id =
quoted = "a b"
[__settings__]
default_profile = prod
`;

describe("the profiles of Databricks", () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-databricks-"));
    file = join(folder, ".databrickscfg");
    writeFileSync(file, `\uFEFF${text.replaceAll("\n", "\r\n")}`);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("are read with comments, both separators, keys in any case and values as they stand", () => {
    const profiles = parseProfiles(text, "f");
    expect(Object.fromEntries(profiles.get("DEFAULT") ?? [])).to.eql({
      token: "top",
      host: "https://default.cloud.databricks.com/",
    });
    expect(Object.fromEntries(profiles.get("prod") ?? [])).to.eql({
      host: "https://prod.cloud.databricks.com",
      client_id: "abc",
      client_secret: "d=e:f#g;h",
      quoted: "a b",
    });
    expect([...profiles.keys()]).to.eql(["DEFAULT", "prod", "__settings__"]);
  });

  it("are found by name, or as the default that the file names", () => {
    expect(readProfile(file, "DEFAULT")?.get("token")).to.equal("top");
    expect(readProfile(file, undefined)?.get("client_id")).to.equal("abc");
    expect(readProfile(join(folder, "none"), undefined)).to.equal(undefined);
  });

  it("say what is missing", () => {
    const misspelt = thrownBy(() => readProfile(file, "prdo"));
    expect(misspelt).to.include({ code: "DATABRICKS_PROFILE_NOT_FOUND", hint: 'Did you mean "prod"?' });
    expect(misspelt.details).to.deep.include({ profile: "prdo", profiles: ["DEFAULT", "prod"] });
    expect(thrownBy(() => readProfile(join(folder, "none"), "prod")).message).to.match(/does not exist/);
    expect(thrownBy(() => readProfile(file, "__settings__")).code).to.equal("DATABRICKS_PROFILE_NOT_FOUND");
    expect(thrownBy(() => readProfile(folder, "prod")).code).to.equal("DATABRICKS_CONFIG");
  });

  it("name the line that cannot be read, and not what stands there", () => {
    const error = thrownBy(() => parseProfiles("[a]\nhost = h\n\nSECRET\n", "/home/x/.databrickscfg"));
    expect(error).to.be.instanceOf(SparkwrightError).with.property("code", "DATABRICKS_CONFIG");
    expect(error.position).to.eql({ file: "/home/x/.databrickscfg", line: 4, column: 1 });
    expect(`${error.message} ${error.hint} ${error.stack}`).not.to.include("SECRET");
  });
});
