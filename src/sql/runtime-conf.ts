import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { ConfigRequest_OperationSchema, type ConfigResponse } from "../../gen/spark/connect/base_pb.ts";
import type { ConnectClient } from "../connect/connect-client.ts";
import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";
import { type OptionValue, optionText } from "./option-value.ts";

type Operation = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>["opType"]>;

/**
 * The settings of the session on the server.
 *
 * @see org.apache.spark.sql.RuntimeConfig
 */
export class RuntimeConf {
  readonly #client: ConnectClient;

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  /** Sets one setting, or several with an object. Thrown when Spark does not let it be changed. */
  async set(key: string, value: OptionValue): Promise<void>;
  async set(settings: Readonly<Record<string, OptionValue>>): Promise<void>;
  async set(first: string | Readonly<Record<string, OptionValue>>, value?: OptionValue): Promise<void> {
    const settings = typeof first === "string" ? { [first]: value as OptionValue } : first;
    const pairs = Object.entries(namedValues("settings", settings)).map(([key, item]) => ({
      key,
      value: optionText(key, item),
    }));
    await this.#ask({ case: "set", value: { pairs } });
  }

  /** A setting; without a value of its own, Spark's default, or `fallback`. Thrown when there is none of these. */
  async get(key: string, fallback?: string): Promise<string> {
    const { pairs } = await this.#ask(
      fallback === undefined
        ? { case: "get", value: { keys: [key] } }
        : { case: "getWithDefault", value: { pairs: [{ key, value: fallback }] } },
    );
    const value = pairs[0]?.value;
    if (value !== undefined) return value;
    throw new SparkwrightError("SPARK_NO_SUCH_SETTING", `the setting ${key} has no value`, {
      hint: "Pass a fallback, or use getOption().",
    });
  }

  /** A setting, or `undefined` when it has no value and no default. */
  async getOption(key: string): Promise<string | undefined> {
    const { pairs } = await this.#ask({ case: "getOption", value: { keys: [key] } });
    return pairs[0]?.value;
  }

  /** Every setting that has a value, or those whose key begins with `prefix` (which is cut off). */
  async getAll(prefix?: string): Promise<Readonly<Record<string, string>>> {
    const { pairs } = await this.#ask({ case: "getAll", value: prefix === undefined ? {} : { prefix } });
    return Object.fromEntries(pairs.map(({ key, value }) => [key, value ?? ""]));
  }

  /** Takes back what `set` said. */
  async unset(key: string): Promise<void> {
    await this.#ask({ case: "unset", value: { keys: [key] } });
  }

  /** Whether the setting can be changed while the server runs. */
  async isModifiable(key: string): Promise<boolean> {
    const { pairs } = await this.#ask({ case: "isModifiable", value: { keys: [key] } });
    return pairs[0]?.value === "true";
  }

  async #ask(opType: Operation): Promise<ConfigResponse> {
    return await this.#client.config(create(ConfigRequest_OperationSchema, { opType }).opType);
  }
}
