import { expect } from "chai";
import { sqlTokens } from "../../../src/sql-text/sql-tokens.ts";
import { stringText } from "../../../src/sql-text/string-text.ts";

const kinds = (sql: string) => sqlTokens(sql).map(({ kind, text }) => `${kind}:${text}`);

describe("SQL tokens", () => {
  const cases: readonly [string, string[]][] = [
    [
      "1 1L 1e3 1.5BD 1. .5 1e-3D 2S",
      ["1", "1L", "1e3", "1.5BD", "1.", ".5", "1e-3D", "2S"].map((n) => `number:${n}`),
    ],
    ["1a a1 1.a", ["word:1a", "word:a1", "number:1", "symbol:.", "word:a"]],
    ["'a''b' \"c\"\"d\" r'\\' R\"\\\"", ["string:'a''b'", 'string:"c""d"', "string:r'\\'", 'string:R"\\"']],
    ["'a\\'b'", ["string:'a\\'b'"]],
    ["`a``b`", ["quoted:a`b"]],
    [
      "a<=>b a||b x|>y a::b",
      [
        "word:a",
        "symbol:<=>",
        "word:b",
        "word:a",
        "symbol:||",
        "word:b",
        "word:x",
        "symbol:|>",
        "word:y",
        "word:a",
        "symbol:::",
        "word:b",
      ],
    ],
    ["/*+ b(t) */", ["symbol:/*+", "word:b", "symbol:(", "word:t", "symbol:)", "symbol:*/"]],
    ["a -- b\\\nc\nd", ["word:a", "word:d"]],
    ["a\u00A0b", ["word:a", "word:b"]],
    ["$$a'b$$ $x$c$$d$x$", ["string:$$a'b$$", "string:$x$c$$d$x$"]],
    ["abfss://b/c.d x", ["word:abfss://b/c.d", "word:x"]],
    ["'open", ["unclosed:'open"]],
    ["a /* b", ["word:a", "unclosed:/* b"]],
  ];
  for (const [sql, expected] of cases)
    it(JSON.stringify(sql), () => expect(kinds(sql)).to.deep.equal(expected));

  it("stand for texts", () => {
    const texts: readonly [string, string][] = [
      ["'it''s'", "it's"],
      ["'it\\'s'", "it's"],
      ["'a\\nb\\\\'", "a\nb\\"],
      ["'\\u0041\\101'", "AA"],
      ["r'\\n'", "\\n"],
      ["$$a$$", "a"],
      ["'a\"\"b'", 'a""b'],
      ["'\\%\\_'", "\\%\\_"],
    ];
    for (const [written, text] of texts) expect(stringText(written), written).to.equal(text);
  });
});
