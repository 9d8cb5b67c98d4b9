import { expect } from "chai";
import fc from "fast-check";
import { parseConnectionString } from "../../../src/connect/connection-string.ts";
import { SparkwrightError } from "../../../src/core/error.ts";

const nothing = {
  token: undefined,
  useSsl: undefined,
  userId: undefined,
  userAgent: undefined,
  sessionId: undefined,
  maxMessageBytes: undefined,
  headers: {},
};
const uuid = "0C0E4F5A-6A3B-4F0B-9B61-1B2C3D4E5F60";

const accepted: [string, object][] = [
  ["sc://host", { host: "host", port: 15_002 }],
  ["  sc://host:443/  ", { host: "host", port: 443 }],
  ["sc://host.example.com:443", { host: "host.example.com", port: 443 }],
  ["sc://[::1]", { host: "::1", port: 15_002 }],
  ["sc://[2001:db8::1]:8443/;token=t", { host: "2001:db8::1", port: 8_443, token: "t" }],
  ["sc://host/;", { host: "host", port: 15_002 }],
  ["sc://host/;token=abc", { host: "host", port: 15_002, token: "abc" }],
  ["sc://host;token=abc", { host: "host", port: 15_002, token: "abc" }],
  ["sc://host:7/;token=abc;", { host: "host", port: 7, token: "abc" }],
  ["sc://host/;;token=abc;;", { host: "host", port: 15_002, token: "abc" }],
  ["sc://host/;token=ab==", { host: "host", port: 15_002, token: "ab==" }],
  ["sc://host/;token=a%3Bb%3Dc%25", { host: "host", port: 15_002, token: "a;b=c%" }],
  ["sc://host/;token=a/b?c#d@e", { host: "host", port: 15_002, token: "a/b?c#d@e" }],
  ["sc://host/;use_ssl=true", { host: "host", port: 15_002, useSsl: true }],
  ["sc://host/;use_ssl=FALSE", { host: "host", port: 15_002, useSsl: false }],
  [
    "sc://host/;user_id=a%20b;user_agent=me/1",
    { host: "host", port: 15_002, userId: "a b", userAgent: "me/1" },
  ],
  [`sc://host/;session_id=${uuid}`, { host: "host", port: 15_002, sessionId: uuid }],
  ["sc://host/;grpc_max_message_size=1048576", { host: "host", port: 15_002, maxMessageBytes: 1_048_576 }],
  [
    "sc://host/;x-databricks-cluster-id=0301-a;X-Other=%3D",
    { host: "host", port: 15_002, headers: { "x-databricks-cluster-id": "0301-a", "x-other": "=" } },
  ],
];

/** Each with what the message must name. */
const refused: [string, RegExp][] = [
  ["", /does not begin with sc:\/\//],
  ["host:15002", /does not begin with sc:\/\//],
  ["http://host", /scheme is http:\/\//],
  ["SC://host", /scheme is SC:\/\//],
  ["sc://", /host is missing/],
  ["sc://:15002", /host is missing/],
  ["sc:///;token=SECRET", /host is missing/],
  ["sc://host:", /port ""/],
  ["sc://host:0", /port "0"/],
  ["sc://host:65536", /port "65536"/],
  ["sc://host:abc", /port "abc"/],
  ["sc://host:1e3", /port "1e3"/],
  ["sc://::1", /brackets/],
  ["sc://a b", /"a b"/],
  ["sc://host/path", /path/],
  ["sc://host/path;token=SECRET", /path/],
  ["sc://host/?token=SECRET", /\?/],
  ["sc://host?token=SECRET", /\?/],
  ["sc://host#token=SECRET", /#/],
  ["sc://user:SECRET@host", /user_id/],
  ["sc://host:15002&token=SECRET", /port/],
  ["sc://host,token=SECRET", /host\[:port\]/],
  ["sc://host/;SECRET", /has no "="/],
  ["sc://host/;=SECRET", /no name/],
  ["sc://host/;token=", /token is empty/],
  ["sc://host/;token=%20", /token is empty/],
  ["sc://host/;user_id=", /user_id is empty/],
  ["sc://host/;token=SECRET;token=SECRET", /token stands there twice/],
  ["sc://host/;Token=SECRET", /Token is written token/],
  ["sc://host/;use-ssl=true", /use-ssl is written use_ssl/],
  ["sc://host/;use_ssl=yes", /use_ssl is neither/],
  ["sc://host/;session_id=SECRET", /session_id is not a UUID/],
  ["sc://host/;grpc_max_message_size=128MB", /grpc_max_message_size/],
  ["sc://host/;grpc_max_message_size=0", /grpc_max_message_size/],
  ["sc://host/;token=SECRET%zz", /value of token.*percent/],
  ["sc://host/;a%20b=SECRET", /"a b" cannot be a header/],
  ["sc://host/;toke n=SECRET", /did you mean token/],
  ["sc://host/;x=%0ASECRET", /value of x/],
  ["sc://host/;grpc-timeout=1S", /grpc-timeout is reserved/],
  ["sc://host/;trace-bin=SECRET", /trace-bin is reserved/],
];

describe("parseConnectionString", () => {
  for (const [text, expected] of accepted) {
    it(`accepts ${text}`, () => expect(parseConnectionString(text)).to.eql({ ...nothing, ...expected }));
  }

  for (const [text, named] of refused) {
    it(`refuses ${text || "nothing"}, naming ${named.source}`, () => {
      let thrown: unknown;
      try {
        parseConnectionString(text);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).to.be.instanceOf(SparkwrightError).with.property("code", "CONNECT_INVALID_URL");
      const error = thrown as SparkwrightError;
      expect(error.message).to.match(named);
      expect(`${error.message} ${error.hint} ${error.stack} ${error.cause}`).not.to.include("SECRET");
    });
  }

  it("gives back any token and header value that was percent-encoded", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "binary" }).filter((token) => token.trim() !== ""),
        fc.string({ unit: "grapheme-ascii" }),
        (token, header) => {
          const text = `sc://h/;token=${encodeURIComponent(token)};x-h=${encodeURIComponent(header)}`;
          const target = parseConnectionString(text);
          expect([target.token, target.headers["x-h"]]).to.eql([token, header]);
        },
      ),
    );
  });
});
