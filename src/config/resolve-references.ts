import { SparkwrightError } from "../core/error.ts";
import { type EncodeValue, type InterpolationFault, interpolate, type References } from "./interpolate.ts";
import type { MissingSecret } from "./project.ts";
import { isRawMap, type PathStep, RawScalar, RawTemplate } from "./raw-value.ts";

const codes: Readonly<Record<InterpolationFault["kind"], string>> = {
  missing: "CONFIG_MISSING_VARIABLE",
  secret: "CONFIG_MISSING_SECRET",
  malformed: "CONFIG_BAD_INTERPOLATION",
};

/** What is wrong with the references of a value. */
export interface ReferenceFaults {
  readonly errors: SparkwrightError[];
  /** Secrets are asked for when they are used. */
  readonly missing: MissingSecret[];
}

/**
 * The value with every reference in it looked up, in place. Done when the files are merged: what an environment
 * replaces needs no variables.
 */
export function resolveReferences(
  value: unknown,
  references: References,
  faults: ReferenceFaults,
  path: readonly PathStep[] = [],
): unknown {
  if (value instanceof RawTemplate) return lookUp(value, references, faults, path);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      value[index] = resolveReferences(item, references, faults, [...path, index]);
    }
  } else if (isRawMap(value)) {
    for (const key of Object.keys(value)) {
      value[key] = resolveReferences(value[key], references, faults, [...path, key]);
    }
  }
  return value;
}

function lookUp(
  template: RawTemplate,
  references: References,
  { errors, missing }: ReferenceFaults,
  path: readonly PathStep[],
): unknown {
  const { text, replaced, secret, faults } = interpolate(template.text, references);
  const found = faults.map(({ kind, ordinal, message, hint }) => {
    const error = new SparkwrightError(codes[kind], message, { position: template.placeOf(ordinal), hint });
    if (kind === "secret") missing.push({ path: path.map(String), error });
    else errors.push(error);
    return { kind, error };
  });
  if (found.length === 0) {
    if (!replaced) return text;
    const encoded = (encode: EncodeValue) => interpolate(template.text, references, encode).text;
    return new RawScalar(text, text, { template: template.text, isSecret: secret, encoded });
  }
  const only = found.every(({ kind }) => kind === "secret") ? found[0]?.error : undefined;
  return new RawScalar(text, text, {
    template: template.text,
    isUnresolved: true,
    missing: only,
  });
}
