import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { SecretMask, shortestMasked } from "../core/secret-mask.ts";
import type { Secret, SecretKind, Variables } from "./interpolate.ts";

/** The secrets of a project: looked up when they are asked for, and remembered, to be masked. */
export class Secrets {
  readonly #root: string;
  readonly #variables: Variables;
  readonly #mask = new SecretMask();
  /** Where each value came from. */
  readonly #sources = new Map<string, string>();

  constructor(root: string, variables: Variables) {
    this.#root = root;
    this.#variables = variables;
  }

  get values(): readonly string[] {
    return [...this.#sources.keys()];
  }

  /** Where those come from that are masked only where they stand alone. */
  get short(): readonly string[] {
    return [...this.#sources].filter(([value]) => value.length < shortestMasked).map(([, source]) => source);
  }

  get(kind: SecretKind, name: string): Secret {
    const secret = kind === "env" ? this.#variable(name) : this.#file(name);
    if ("value" in secret) {
      this.#mask.add(secret.value);
      this.#sources.set(secret.value, kind === "env" ? `the variable ${name}` : `the file ${name}`);
    }
    return secret;
  }

  /** The same error without what a secret holds. */
  masked(error: SparkwrightError): SparkwrightError {
    const { code, message, hint, position, details } = error;
    const shown = this.#mask.value({ message, hint, details });
    const isClean = JSON.stringify(shown) === JSON.stringify({ message, hint, details });
    return isClean
      ? error
      : new SparkwrightError(code, shown.message, { hint: shown.hint, position, details: shown.details });
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
