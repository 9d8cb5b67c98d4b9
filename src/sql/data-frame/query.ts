import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { DataFrame } from "../data-frame.ts";
import { type RelationKind, relation } from "../plan/relation.ts";
import type { SparkSession } from "../spark-session.ts";
import type { AnyRow } from "../typed/row-type.ts";

/** The session of the DataFrame that a plan was made for. */
const owners: WeakMap<Relation, SparkSession> = new WeakMap();

/** A plan, and the session to run it in: what the layers of a DataFrame build on. */
export abstract class Query<R> {
  /** The rows, for TypeScript only. */
  declare readonly "~row"?: R;
  readonly #sparkSession: SparkSession;
  readonly #plan: Relation;

  constructor(sparkSession: SparkSession, plan: Relation) {
    this.#sparkSession = sparkSession;
    this.#plan = plan;
    owners.set(plan, sparkSession);
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

  /** The plan of another DataFrame. Thrown when it belongs to another session: `USAGE_OTHER_SESSION`. */
  protected planOf(method: string, other: DataFrame): Relation {
    return planIn(this.sparkSession, `${method}()`, other);
  }
}

/**
 * The plan of what should be a DataFrame of this session. Thrown when it is none (`USAGE_NOT_A_DATAFRAME`), or one of
 * another session, whose views, settings and cached rows this one does not see (`USAGE_OTHER_SESSION`).
 */
export function planIn(session: SparkSession, what: string, given: DataFrame): Relation {
  const plan = planOf(what, given);
  refuseOther(session, what, given.sparkSession);
  return plan;
}

/** A new relation in this session. Thrown when a subquery of its expressions is of another: `USAGE_OTHER_SESSION`. */
export function relationIn(session: SparkSession, kind: RelationKind): Relation {
  const made = relation(kind);
  if (made.relType.case !== "withRelations") return made;
  for (const plan of made.relType.value.references) {
    const owner = owners.get(plan);
    if (owner !== undefined) refuseOther(session, "a subquery", owner);
  }
  return made;
}

function refuseOther(session: SparkSession, what: string, other: SparkSession): void {
  if (other.sessionId === session.sessionId) return;
  throw new SparkwrightError(
    "USAGE_OTHER_SESSION",
    `${what} was given a DataFrame of session ${other.sessionId}, this one is of ${session.sessionId}`,
    {
      hint:
        "Make both DataFrames from the same SparkSession. In a pipeline every node has a session of its own:" +
        " name the dataset as its `input`, or read it again with ctx.spark.",
    },
  );
}

export function planOf(what: string, given: DataFrame): Relation {
  if (given instanceof Query) return given.toPlan();
  const kind = given === null ? "null" : `a value of type ${typeof given}`;
  throw new SparkwrightError("USAGE_NOT_A_DATAFRAME", `${what} was given ${kind}, not a DataFrame`, {
    hint: "Make one of rows with spark.createDataFrame().",
  });
}
