import type { Files } from "../config/project-folder.ts";
import { code } from "./code.ts";
import { datasetsAndFormats } from "./datasets-and-formats.ts";
import { datesAndWindows } from "./dates-and-windows.ts";
import { graph } from "./graph.ts";
import { parametersAndSecrets } from "./parameters-and-secrets.ts";
import { references } from "./references.ts";
import { schema } from "./schema.ts";
import { yaml } from "./yaml.ts";

/** A project that `validate` must refuse, and what it must say. */
export interface Malformed {
  readonly name: string;
  readonly files: Files;
  /** Asked for with `--env`. */
  readonly environment?: string;
  /** Variables that are set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: number;
  /** All errors in their order: `CODE file:line:column`, and how the message and the hint begin. */
  readonly errors: readonly (readonly [place: string, message: string, hint: string])[];
}

/** By category. */
export const malformed: Readonly<Record<string, readonly Malformed[]>> = {
  YAML: yaml,
  schema,
  references,
  graph,
  "dates and windows": datesAndWindows,
  "datasets and formats": datasetsAndFormats,
  "parameters and secrets": parametersAndSecrets,
  code,
};
