import { expect } from "chai";
import { parseDatabricksUrl } from "../../../src/connect/databricks-url.ts";
import { thrownBy } from "../../thrown-by.ts";

const accepted: [string, object][] = [
  ["https://w.cloud.databricks.com", { host: "https://w.cloud.databricks.com" }],
  ["  https://w.cloud.databricks.com/ ", { host: "https://w.cloud.databricks.com" }],
  [
    "https://adb-1.2.azuredatabricks.net/?o=42#",
    { host: "https://adb-1.2.azuredatabricks.net", workspaceId: "42" },
  ],
  [
    "https://w:8443/;token=a%3Bb=;cluster_id=0301-x",
    { host: "https://w:8443", token: "a;b=", clusterId: "0301-x" },
  ],
  ["https://w;serverless=TRUE", { host: "https://w", serverless: true }],
  ["https://w/;client_id=i;client_secret=s;", { host: "https://w", clientId: "i", clientSecret: "s" }],
  ["databricks://", {}],
  ["databricks://prod", { profile: "prod" }],
  ["databricks://my%20profile/;cluster_id=c", { profile: "my profile", clusterId: "c" }],
  ["databricks://;serverless=false", { serverless: false }],
];

const refused: [string, RegExp][] = [
  ["http://w", /neither https:\/\/ nor databricks:\/\//],
  ["https://", /no host/],
  ["https://user:SECRET@w", /before an @/],
  ["https://w/path;token=SECRET", /path/],
  ["https://w/?token=SECRET", /token stands after/],
  ["https://w/?o=SECRET", /workspace id/],
  ["https://w/;token", /no "="/],
  ["https://w/;token=", /token is empty/],
  ["https://w/;token=SECRET;token=SECRET", /token stands there twice/],
  ["https://w/;cluster-id=SECRET", /did you mean cluster_id/],
  ["https://w/;nonsense=SECRET", /none of token/],
  ["https://w/;serverless=SECRET", /neither true nor false/],
  ["https://w/;token=SECRET%zz", /percent-encoding/],
  ["databricks://a/b", /one word/],
];

describe("parseDatabricksUrl", () => {
  for (const [text, expected] of accepted) {
    it(`accepts ${text}`, () => expect(parseDatabricksUrl(text)).to.eql(expected));
  }

  for (const [text, named] of refused) {
    it(`refuses ${text}, naming ${named.source}`, () => {
      const error = thrownBy(() => parseDatabricksUrl(text));
      expect(error).to.have.property("code", "CONNECT_INVALID_URL");
      expect(error.message).to.match(named);
      expect(`${error.message} ${error.hint} ${error.stack} ${error.cause}`).not.to.include("SECRET");
    });
  }
});
