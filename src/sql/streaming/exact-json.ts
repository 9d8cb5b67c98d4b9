/** A number of a JSON text as it was written: a JavaScript number would round a LONG or a DECIMAL. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether it was written without fraction and exponent. */
  get isWhole(): boolean {
    return /^-?\d+$/.test(this.text);
  }

  toJSON(): unknown {
    return exactJson.rawJSON(this.text);
  }
}

/** What newer JavaScript has and TypeScript's library does not know yet. */
interface ExactJson {
  parse(
    text: string,
    revive: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}
const exactJson = JSON as unknown as ExactJson;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of a JSON text in which every number is a {@link JsonNumber}. Thrown when it is not JSON. */
export function parseExactJson(text: string): unknown {
  return exactJson.parse(text, (_key, value, { source }) =>
    typeof value === "number" ? new JsonNumber(source ?? String(value)) : value,
  );
}

export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  );
}
