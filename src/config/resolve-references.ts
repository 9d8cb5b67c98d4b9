import { SparkwrightError } from "../core/error.ts";
import { type InterpolationFault, interpolate, type References } from "./interpolate.ts";
import { isRawMap, RawScalar, RawTemplate } from "./raw-value.ts";

const codes: Readonly<Record<InterpolationFault["kind"], string>> = {
  missing: "CONFIG_MISSING_VARIABLE",
  secret: "CONFIG_MISSING_SECRET",
  malformed: "CONFIG_BAD_INTERPOLATION",
};

/**
 * The value with every reference in it looked up, in place. Done when the files are merged: what an environment
 * replaces needs no variables.
 */
export function resolveReferences(
  value: unknown,
  references: References,
  errors: SparkwrightError[],
): unknown {
  if (value instanceof RawTemplate) return lookUp(value, references, errors);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = resolveReferences(item, references, errors);
  } else if (isRawMap(value)) {
    for (const key of Object.keys(value)) value[key] = resolveReferences(value[key], references, errors);
  }
  return value;
}

function lookUp(template: RawTemplate, references: References, errors: SparkwrightError[]): unknown {
  const { text, replaced, secret, faults } = interpolate(template.text, references);
  for (const { kind, ordinal, message, hint } of faults) {
    errors.push(new SparkwrightError(codes[kind], message, { position: template.placeOf(ordinal), hint }));
  }
  if (faults.length > 0)
    return new RawScalar(template.text, template.text, { template: template.text, isUnresolved: true });
  return replaced ? new RawScalar(text, text, { template: template.text, isSecret: secret }) : text;
}
