import type { AnalyzePlanRequest, AnalyzePlanResponse } from "../../../gen/spark/connect/base_pb.ts";
import { AnalyzePlanRequest_Explain_ExplainMode as Mode } from "../../../gen/spark/connect/base_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { DataFrame } from "../data-frame.ts";
import { queryPlan } from "../execution.ts";
import { type PlanLineage, planLineage } from "../plan/lineage/plan-lineage.ts";
import { planString } from "../plan/plan-string.ts";
import type { StructType } from "../types/data-type.ts";
import { schemaFromProto } from "../types/type-proto.ts";
import { Query } from "./query.ts";

/** What `explain` shows: `simple` is the physical plan alone. */
export type ExplainMode = "simple" | "extended" | "codegen" | "cost" | "formatted";

const explainModes: Readonly<Record<ExplainMode, Mode>> = {
  simple: Mode.SIMPLE,
  extended: Mode.EXTENDED,
  codegen: Mode.CODEGEN,
  cost: Mode.COST,
  formatted: Mode.FORMATTED,
};

/** What a DataFrame tells about itself: by its own plan, or as the server analyses it; no row is computed. */
export abstract class DataFrameInspection<R> extends Query<R> {
  #schema: Promise<StructType> | undefined;
  #knownSchema: StructType | undefined;

  /** The columns and their types; asked once per DataFrame. */
  async schema(): Promise<StructType> {
    this.#schema ??= this.#ask("schema", (result) => schemaFromProto(result.schema)).catch(
      (error: unknown) => {
        this.#schema = undefined;
        throw error;
      },
    );
    this.#knownSchema = await this.#schema;
    return this.#knownSchema;
  }

  /** The columns and their types as far as somebody asked for them; the server is not asked. */
  get knownSchema(): StructType | undefined {
    return this.#knownSchema;
  }

  /** The names of the columns, in order; they may repeat. */
  async columns(): Promise<readonly string[]> {
    return (await this.schema()).names;
  }

  /** Name and type of the columns: `[["id", "bigint"]]`. */
  async dtypes(): Promise<readonly (readonly [name: string, type: string])[]> {
    return (await this.schema()).fields.map((field) => [field.name, field.dataType.simpleString()] as const);
  }

  /** Prints the schema as a tree to standard output, down to `level` levels of nesting. @default level all */
  async printSchema(level?: number): Promise<void> {
    // With an empty line at the end, as Spark prints it.
    process.stdout.write(`${(await this.schema()).treeString(level)}\n\n`);
  }

  /** Prints this DataFrame's own plan, as it will be sent, to standard output: see `planString`. */
  printPlan(): void {
    process.stdout.write(this.planString());
  }

  /**
   * This DataFrame's own plan as a tree, the last operation first; the server is not asked. A relation has a number
   * where something refers to it: a column taken from it (`id#1`), a subquery, or a second use. Equal plans give
   * equal text; values of options that look like passwords are masked.
   */
  planString(): string {
    return planString(this.toPlan());
  }

  /**
   * Which columns the columns of this DataFrame are made of, and through which operations, as far as its plan alone
   * can tell; the server is not asked. What only the server knows (`*` of a table, SQL text, a regular expression)
   * is told as such. Names count as equal whatever their case.
   *
   * @example
   * spark.table("flights").groupBy("origin").agg(sum("delay").alias("total")).lineage().columns;
   * // total: [{ source: "flights", column: "delay", operations: ["sum"] }], …
   */
  lineage(): PlanLineage {
    return planLineage(this.toPlan());
  }

  /** Prints the plan to standard output. */
  async explain(mode: ExplainMode = "simple"): Promise<void> {
    process.stdout.write(`${await this.explainString(mode)}\n`);
  }

  /** The plan as `explain` prints it. Thrown when the mode is unknown. */
  async explainString(mode: ExplainMode = "simple"): Promise<string> {
    const explainMode: Mode | undefined = explainModes[mode];
    if (explainMode === undefined) {
      throw new SparkwrightError("USAGE_EXPLAIN_MODE", `"${mode}" is not a way to explain a plan`, {
        hint: `Use one of ${Object.keys(explainModes).join(", ")}.`,
      });
    }
    return await this.#ask("explain", (result) => result.explainString, { explainMode });
  }

  /** Whether `collect` needs no job on the cluster. */
  async isLocal(): Promise<boolean> {
    return await this.#ask("isLocal", (result) => result.isLocal);
  }

  /** Whether the rows arrive as a stream that does not end. */
  async isStreaming(): Promise<boolean> {
    return await this.#ask("isStreaming", (result) => result.isStreaming);
  }

  /** The files that the rows are read from; some may have none of them. */
  async inputFiles(): Promise<readonly string[]> {
    return await this.#ask("inputFiles", (result) => result.files);
  }

  /** Whether the analysed plans are the same but for names that do not matter, and so the rows too. */
  async sameSemantics(other: DataFrame): Promise<boolean> {
    const plans = {
      targetPlan: await queryPlan(this.toPlan()),
      otherPlan: await queryPlan(this.planOf("sameSemantics", other)),
    };
    return await this.sparkSession.analyze(
      { case: "sameSemantics", value: plans },
      "sameSemantics",
      (result) => result.result,
    );
  }

  /** A 32-bit hash of the analysed plan: equal for DataFrames that `sameSemantics` holds for. */
  async semanticHash(): Promise<number> {
    return await this.#ask("semanticHash", (result) => result.result);
  }

  /** Takes the schema that came with a result, which saves asking for it. */
  protected rememberSchema(schema: StructType | undefined): void {
    if (schema === undefined) return;
    this.#schema ??= Promise.resolve(schema);
    this.#knownSchema ??= schema;
  }

  async #ask<C extends AnalyzeCase, T>(
    about: C,
    read: (result: AnalyzeResult<C>) => T,
    more: object = {},
  ): Promise<T> {
    const request: AnalyzeInit = { case: about, value: { plan: await queryPlan(this.toPlan()), ...more } };
    return await this.sparkSession.analyze(request, about, read);
  }
}

/** The requests of AnalyzePlan by their fields. */
export type AnalyzeInit = { readonly case: AnalyzeCase; readonly value: object };
export type AnalyzeCase = NonNullable<AnalyzePlanRequest["analyze"]["case"]>;
export type AnalyzeResult<C extends AnalyzeCase> = Extract<
  AnalyzePlanResponse["result"],
  { case: C }
>["value"];
