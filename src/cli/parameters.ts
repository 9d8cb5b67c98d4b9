import { deepMerge } from "../config/deep-merge.ts";
import { SparkwrightError } from "../core/error.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Hyperparameters from `key=value` texts: `model.depth=6` is `{model: {depth: 6}}`; a value that is no JSON is text.
 *
 * Thrown when one is malformed: USAGE_PARAM.
 */
export function parameters(written: readonly string[]): Values {
  return deepMerge(...written.map(parameter));
}

function parameter(written: string): Values {
  const equals = written.indexOf("=");
  const keys = written.slice(0, Math.max(0, equals)).split(".");
  if (keys.some((key) => key === "" || key === "__proto__")) {
    throw paramError(`--param "${written}" has no key`, "Write key=value, such as learning_rate=0.05.");
  }
  return keys.reduceRight<unknown>(
    (value, key) => Object.fromEntries([[key, value]]),
    parameterValue(keys, written.slice(equals + 1)),
  ) as Values;
}

function parameterValue(keys: readonly string[], text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw paramError(
      `--param ${keys.join(".")}: ${text} has more than 15 digits`,
      `Quote it, to keep every digit as text: '${keys.join(".")}="${text}"'.`,
    );
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw paramError(
      `--param ${keys.join(".")}: ${text} is too large for a number`,
      "Quote it, to pass it as text.",
    );
  }
  return value;
}

function paramError(message: string, hint: string): SparkwrightError {
  return new SparkwrightError("USAGE_PARAM", message, { hint });
}
