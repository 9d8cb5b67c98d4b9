import { inspect } from "node:util";
import fc from "fast-check";
import { stringify } from "yaml";

const java = (text: string) =>
  text.replace(/[\\"'\n\t$]/g, (c) => (c === "\n" ? "\\n" : c === "\t" ? "\\t" : `\\${c}`));

/** How everybody through whom a secret passes may write it. */
export const escapings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  jsonTwice: (text) => JSON.stringify(JSON.stringify(text)),
  jsonThrice: (text) => JSON.stringify(JSON.stringify(JSON.stringify(text))),
  asciiJson: (text) =>
    JSON.stringify(text).replace(
      /[^\x20-\x7e]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  htmlSafeJson: (text) =>
    JSON.stringify(text).replace(/[<>&'=]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`),
  percent: encodeURIComponent,
  percentTwice: (text) => encodeURIComponent(encodeURIComponent(text)),
  percentAll: (text) =>
    encodeURIComponent(text).replace(
      /[!'()*~._-]/g,
      (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`,
    ),
  form: (text) => new URLSearchParams([["", text]]).toString().slice(1),
  shellSingle: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  shellSingleInDouble: (text) => `'${text.replaceAll("'", `'"'"'`)}'`,
  shellDouble: (text) => `"${text.replace(/[\\"$`]/g, "\\$&")}"`,
  shellBare: (text) => text.replace(/[^\w\n]/gu, "\\$&"),
  java,
  javaInJson: (text) => JSON.stringify({ message: `value '${java(text)}'` }),
  properties: (text) => text.replace(/[\\:=# !]/g, "\\$&"),
  spark: (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
  sparkName: (text) => `\`${text.replaceAll("`", "``")}\``,
  sparkNameOfParts: (text) => text.split(".").join("`.`"),
  sql: (text) => `'${text.replaceAll("'", "''")}'`,
  csv: (text) => `"${text.replaceAll('"', '""')}"`,
  yaml: (text) => stringify({ a: text }, { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE" }),
  yamlSingle: (text) => `'${text.replaceAll("'", "''")}'`,
  html: (text) =>
    text.replace(
      /[&<>"']/g,
      (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? "&#39;",
    ),
  xmlHex: (text) => text.replace(/[&<>"']/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`),
  inspect: (text) => inspect({ text }, { breakLength: Number.POSITIVE_INFINITY, maxStringLength: null }),
  base64: (text) => Buffer.from(text).toString("base64"),
  basicAuth: (text) => `Basic ${Buffer.from(`user:${text}`).toString("base64")}`,
  basicAuthUrl: (text) => Buffer.from(`ab:${text}`).toString("base64url"),
  indented: (text) => text.replaceAll("\n", "\n    "),
  octal: (text) =>
    text.replace(
      /[\x20-\x2f\x3a-\x40\x5b-\x5e\x60]/g,
      (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`,
    ),
};

const special = fc.constantFrom(...`'"\`\\/&%+$ <>#!=:;.,?*()[]{}|@~^-_é€😀\n\t`);
const letter = fc.constantFrom(..."abcXYZ019");

/** Secrets as people choose them, with everything that anybody escapes; at least six characters. */
export const secrets: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: letter }, { weight: 2, arbitrary: special }), {
    minLength: 6,
    maxLength: 40,
  })
  .map((parts) => parts.join("").trim())
  .filter((text) => text.length >= 6 && /\w{2}/.test(text));

/** What would tell a reader the secret: its longest stretch that no escaping changes. */
export function traceOf(secret: string): string {
  const runs = secret.match(/[A-Za-z0-9]+/g) ?? [];
  return runs.sort((a, b) => b.length - a.length)[0] ?? secret;
}
