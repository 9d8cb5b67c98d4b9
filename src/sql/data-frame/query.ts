import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { DataFrame } from "../data-frame.ts";
import type { RelationKind } from "../plan/relation.ts";
import type { SparkSession } from "../spark-session.ts";
import type { AnyRow } from "../typed/row-type.ts";

/** A plan, and the session to run it in: what the layers of a DataFrame build on. */
export abstract class Query<R> {
  /** The rows, for TypeScript only. */
  declare readonly "~row"?: R;
  readonly #sparkSession: SparkSession;
  readonly #plan: Relation;

  constructor(sparkSession: SparkSession, plan: Relation) {
    this.#sparkSession = sparkSession;
    this.#plan = plan;
  }

  /** The session that runs this DataFrame. */
  get sparkSession(): SparkSession {
    return this.#sparkSession;
  }

  /** The protocol message of this DataFrame, for tests and integrators; it must not be changed. */
  toPlan(): Relation {
    return this.#plan;
  }

  /** The DataFrame of one more relation in this session. */
  protected abstract derive<S = AnyRow>(kind: RelationKind): DataFrame<S>;

  /** The plan of another DataFrame. Thrown when it belongs to another session, whose views this one does not see. */
  protected planOf(method: string, other: DataFrame): Relation {
    const plan = planOf(method, other);
    if (other.sparkSession.sessionId === this.sparkSession.sessionId) return plan;
    throw new SparkwrightError(
      "USAGE_OTHER_SESSION",
      `${method}() was given a DataFrame of session ${other.sparkSession.sessionId}, this one is of ${this.sparkSession.sessionId}`,
      { hint: "Make both DataFrames from the same SparkSession." },
    );
  }
}

/** The plan of what should be a DataFrame. Thrown when it is none: `USAGE_NOT_A_DATAFRAME`. */
export function planOf(method: string, given: DataFrame): Relation {
  if (given instanceof Query) return given.toPlan();
  const kind = given === null ? "null" : `a value of type ${typeof given}`;
  throw new SparkwrightError("USAGE_NOT_A_DATAFRAME", `${method}() was given ${kind}, not a DataFrame`, {
    hint: "Make one of rows with spark.createDataFrame().",
  });
}
