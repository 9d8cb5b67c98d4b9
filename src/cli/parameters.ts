import { deepMerge } from "../config/deep-merge.ts";
import { SparkwrightError } from "../core/error.ts";
import { numberFault, readScalar } from "../core/written-number.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Hyperparameters from `key=value` texts: `model.depth=6` is `{model: {depth: 6}}`; a value is JSON, or what it would be in a file (`0x1F`, `true`, else text).
 *
 * Thrown when one is malformed: USAGE_PARAM.
 */
export function parameters(written: readonly string[]): Values {
  return deepMerge(...written.map(parameter));
}

function parameter(written: string): Values {
  const equals = written.indexOf("=");
  const keys = written.slice(0, Math.max(0, equals)).split(".");
  for (const key of keys) refuseProto(written, key);
  if (keys.includes("")) {
    throw paramError(`--param "${written}" has no key`, "Write key=value, such as learning_rate=0.05.");
  }
  return keys.reduceRight<unknown>(
    (value, key) => Object.fromEntries([[key, value]]),
    parameterValue(written, keys.join("."), written.slice(equals + 1)),
  ) as Values;
}

/** A list, map or quoted text is JSON; anything else is what it would be in a file. */
function parameterValue(written: string, name: string, text: string): unknown {
  const checked = (key: string, value: unknown, { source = text }: { readonly source?: string }): unknown => {
    refuseProto(written, key);
    return typeof value === "number" ? exactNumber(name, source, value) : value;
  };
  if (!/^\s*["[{]/.test(text)) {
    const value = readScalar(text);
    return typeof value === "number" ? exactNumber(name, text.trim(), value) : value;
  }
  try {
    return JSON.parse(text, checked as (key: string, value: unknown) => unknown);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return text;
    throw thrown;
  }
}

/** As in the files. */
function refuseProto(written: string, key: string): void {
  if (key !== "__proto__") return;
  throw paramError(`--param "${written}": "__proto__" cannot be a key`, "Choose another name.");
}

function exactNumber(name: string, written: string, read: number): number {
  const what = numberFault(written, read);
  if (what === undefined) return read;
  throw paramError(
    `--param ${name} must be ${what}`,
    `Quote it, to keep it as text: --param '${name}="${written}"'.`,
  );
}

function paramError(message: string, hint: string): SparkwrightError {
  return new SparkwrightError("USAGE_PARAM", message, { hint });
}
