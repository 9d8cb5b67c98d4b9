import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { PlanSchema } from "../../gen/spark/connect/base_pb.ts";
import type { JavaUDFSchema } from "../../gen/spark/connect/expressions_pb.ts";
import type { ConnectClient } from "../connect/connect-client.ts";
import type { DataType } from "./types/data-type.ts";
import { typeToProto } from "./types/type-proto.ts";

/**
 * Functions of this session that are written in Java or Scala, by the name of their class, which the server has or
 * gets with `spark.addArtifact`. Functions written in SQL are made with `CREATE FUNCTION`, see `spark.sql`.
 *
 * @example
 * await spark.addArtifact("functions.jar");
 * await spark.udf.registerJavaFunction("initials", "com.example.Initials", "STRING");
 * df.select(expr("initials(name)"));
 * @see org.apache.spark.sql.UDFRegistration
 */
export class UDFRegistration {
  readonly #client: ConnectClient;

  /** Made by `spark.udf`. */
  constructor(client: ConnectClient) {
    this.#client = client;
  }

  /**
   * Gives a name in SQL to a class that implements one of `org.apache.spark.sql.api.java.UDF0` to `UDF22`.
   *
   * @param returnType its type, or that as SQL text. @default what the class says it returns
   *
   * Thrown when the server has no such class or it implements none of these: a SparkError.
   */
  async registerJavaFunction(name: string, className: string, returnType?: DataType | string): Promise<void> {
    const outputType =
      typeof returnType === "string"
        ? { kind: { case: "unparsed", value: { dataTypeString: returnType } } as const }
        : returnType && typeToProto(returnType);
    await this.#register(name, { className, ...(outputType === undefined ? {} : { outputType }) });
  }

  /**
   * Gives a name in SQL to a class that extends `org.apache.spark.sql.expressions.UserDefinedAggregateFunction`.
   *
   * Thrown when the server has no such class or it does not extend that: a SparkError.
   */
  async registerJavaUDAF(name: string, className: string): Promise<void> {
    await this.#register(name, { className, aggregate: true });
  }

  async #register(functionName: string, javaUdf: MessageInitShape<typeof JavaUDFSchema>): Promise<void> {
    const value = { functionName, function: { case: "javaUdf", value: javaUdf } } as const;
    const plan = create(PlanSchema, {
      opType: { case: "command", value: { commandType: { case: "registerFunction", value } } },
    });
    for await (const _response of this.#client.execute(plan)) {
      // It answers nothing but that it is done.
    }
  }
}
