import { expect } from "chai";
import fc from "fast-check";
import { SecretMask } from "../../../src/core/secret-mask.ts";
import { escapings, secrets, traceOf } from "./spellings-of-secrets.ts";

function maskOf(...all: readonly string[]): SecretMask {
  const mask = new SecretMask();
  for (const secret of all) mask.add(secret);
  return mask;
}

describe("a secret in a text", () => {
  for (const [name, written] of Object.entries(escapings)) {
    it(`is masked as ${name} writes it, and nothing else is`, () => {
      fc.assert(
        fc.property(secrets, (secret) => {
          const mask = maskOf(secret);
          const masked = mask.text(`<before> ${written(secret)} <after>`);
          expect(masked).to.match(/^<before> [\s\S]*\*\*\*[\s\S]* <after>$/);
          const left = masked.slice("<before> ".length, -" <after>".length);
          // What escaping puts around it is no part of it; of base64 the last character may hold two of its bits.
          const bare = left.replace(/message|value|text|Basic|"a"/gi, "");
          expect(bare, masked).to.match(
            /^[^A-Za-z0-9]*(?:[A-Za-z0-9+/_-]{0,7})?\*\*\*[\w=+/-]{0,2}[^A-Za-z0-9]*$/,
          );
          if (!/base|basic/.test(name)) expect(bare).not.to.include(traceOf(secret));
        }),
        { numRuns: 150 },
      );
    });
  }

  it("that nobody knows is left alone, whatever it looks like", () => {
    const mask = maskOf(`S3cr'et/"tok en&1`, "hunter2!");
    for (const text of ["S3cr", "hunter", "S3cr et tok en&1", "hunter22", "a\\'b", "100%", "''"]) {
      expect(mask.text(text)).to.equal(text);
    }
  });

  it("of one to three characters is masked where it stands alone, and in no word, number, date or time", () => {
    const mask = maskOf("1");
    expect(mask.text("password 1 is wrong, '1', pw=1;x")).to.equal("password *** is wrong, '***', pw=***;x");
    const text = "attempt11 took 1.5 s at 2024-01-1, 10:1:30, node n1, 21 of 31 rows, 1e3";
    expect(mask.text(text)).to.equal(text);
  });

  it("which contains another is masked whole", () => {
    expect(maskOf("abcd", "abcdef").text("abcdef abcd")).to.equal("*** ***");
  });

  it("is masked in values and not in keys", () => {
    const mask = maskOf("cause", "54321");
    expect(
      mask.value({ cause: "cause 1", list: ["the cause", { cause: 1 }], port: 54321, n: 154321, none: null }),
    ).to.deep.equal({
      cause: "*** 1",
      list: ["the ***", { cause: 1 }],
      port: "***",
      n: 154321,
      none: null,
    });
  });

  it("of many lines is masked whole and line by line", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBg+/kqhkiG9w0BA\nQEFAASCBKcwggSj==\n-----END KEY-----";
    const mask = maskOf(key);
    expect(mask.text(`x ${key.replaceAll("\n", "\n    ")} y`)).to.equal("x *** y");
    expect(mask.text("only MIIEvQIBADANBg+/kqhkiG9w0BA here")).to.equal("only *** here");
  });

  it("is found at the end of a piece wherever it is cut", () => {
    fc.assert(
      fc.property(
        secrets,
        fc.constantFrom(
          ...Object.entries(escapings).filter(([name]) => ["plain", "json", "percent"].includes(name)),
        ),
        fc.nat(),
        (secret, [, written], cut) => {
          const mask = maskOf(secret);
          const text = Buffer.from(`out ${written(secret)} end`).toString("latin1");
          const at = cut % text.length;
          const first = text.slice(0, at);
          const settled = mask.settled(first);
          const both = mask.text(first.slice(0, settled)) + mask.text(first.slice(settled) + text.slice(at));
          // A backslash before it may have gone out already; nothing of the secret has.
          expect(both.replace(/\\+(?=\*\*\*)/, "")).to.equal(mask.text(text).replace(/\\+(?=\*\*\*)/, ""));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("takes time linear in the text, whatever the text is made of", () => {
    const mask = maskOf(`S3cr'et/"tok en&1`, "''''\"\"\"\"\\\\\\\\''", "%25%25%41");
    // Exponential or quadratic, these would not end before mocha gives up.
    for (const piece of ["\\", "'", "%25", "S3cr\\\\\\", "&amp;", "S3cr'et/\\\""]) {
      expect(mask.text(piece.repeat(20_000))).to.have.length(piece.length * 20_000);
    }
  });
});
