import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import type { Secret, SecretKind, Variables } from "./interpolate.ts";

const mask = "***";

/** The secrets of a project: looked up when they are asked for, and remembered, to be masked. */
export class Secrets {
  readonly #root: string;
  readonly #variables: Variables;
  readonly #values = new Set<string>();

  constructor(root: string, variables: Variables) {
    this.#root = root;
    this.#variables = variables;
  }

  /** Longest first, so that one which contains another is masked whole. */
  get values(): readonly string[] {
    return [...this.#values].sort((a, b) => b.length - a.length);
  }

  get(kind: SecretKind, name: string): Secret {
    const secret = kind === "env" ? this.#variable(name) : this.#file(name);
    if ("value" in secret) this.#values.add(secret.value);
    return secret;
  }

  /** The same error without what a secret holds. */
  masked(error: SparkwrightError): SparkwrightError {
    const { values } = this;
    // Messages quote what they show.
    const forms = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
    const hide = (text: string) => forms.reduce((clean, form) => clean.replaceAll(form, mask), text);
    const shown = [error.message, error.hint, JSON.stringify(error.details)].join("\n");
    if (hide(shown) === shown) return error;
    return new SparkwrightError(error.code, hide(error.message), {
      position: error.position,
      hint: error.hint === undefined ? undefined : hide(error.hint),
    });
  }

  #variable(name: string): Secret {
    const value = Object.hasOwn(this.#variables, name) ? this.#variables[name] : undefined;
    if (value !== undefined && value !== "") return { value };
    const why = value === undefined ? "is not set" : "is empty";
    return { why: `the variable ${name} of a secret ${why}`, hint: `Set ${name} where sparkwright runs.` };
  }

  /** A line end at the end of the file is the editor's. */
  #file(name: string): Secret {
    const path = resolve(this.#root, name);
    const hint = "Write the secret, and nothing else, into a file that this user may read.";
    try {
      const value = readFileSync(path, "utf8").replace(/\r?\n$/, "");
      return value === "" ? { why: `the secret's file ${displayPath(path)} is empty`, hint } : { value };
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code;
      const why = code === "ENOENT" ? "does not exist" : `cannot be read: ${code}`;
      return { why: `the secret's file ${displayPath(path)} ${why}`, hint };
    }
  }
}
