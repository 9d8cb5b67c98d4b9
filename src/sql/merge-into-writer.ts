import { create } from "@bufbuild/protobuf";
import {
  MergeAction_ActionType as Action,
  type Expression,
  MergeActionSchema,
} from "../../gen/spark/connect/expressions_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { Column } from "./column.ts";
import { type ActionOptions, Execution } from "./execution.ts";
import { expression, expressionString } from "./plan/expression.ts";
import type { SparkSession } from "./spark-session.ts";

/** The values of a merge by the column of the table that gets them. */
export type MergeAssignments = Readonly<Record<string, Column>>;

interface MergeActions {
  readonly matched: readonly Expression[];
  readonly notMatched: readonly Expression[];
  readonly notMatchedBySource: readonly Expression[];
  readonly schemaEvolution: boolean;
}

type Clause = "matched" | "notMatched" | "notMatchedBySource";

/**
 * Updates, deletes and inserts rows of a table by the rows of a DataFrame, in one transaction of the table. Of the
 * clauses for a row the first counts whose condition holds. Immutable.
 *
 * @see org.apache.spark.sql.MergeIntoWriter
 */
export class MergeIntoWriter {
  readonly #session: SparkSession;
  readonly #source: Relation;
  readonly #table: string;
  readonly #condition: Column;
  readonly #actions: MergeActions;

  constructor(
    session: SparkSession,
    source: Relation,
    table: string,
    condition: Column,
    actions: MergeActions = { matched: [], notMatched: [], notMatchedBySource: [], schemaEvolution: false },
  ) {
    this.#session = session;
    this.#source = source;
    this.#table = table;
    this.#condition = condition;
    this.#actions = actions;
  }

  /** What to do with a row of the table that a row of the source belongs to, for which the condition holds. */
  whenMatched(condition?: Column): WhenMatched {
    return new WhenMatched((action, values) => this.#with("matched", action, condition, values));
  }

  /** What to do with a row of the source that belongs to no row of the table. */
  whenNotMatched(condition?: Column): WhenNotMatched {
    return new WhenNotMatched((action, values) => this.#with("notMatched", action, condition, values));
  }

  /** What to do with a row of the table that no row of the source belongs to. */
  whenNotMatchedBySource(condition?: Column): WhenMatched {
    return new WhenMatched((action, values) => this.#with("notMatchedBySource", action, condition, values));
  }

  /** Columns that only the source has are added to the table, where the format can. */
  withSchemaEvolution(): MergeIntoWriter {
    return this.#changed({ schemaEvolution: true });
  }

  /** Runs the merge. Thrown when no clause was given. */
  async merge(options: ActionOptions = {}): Promise<void> {
    const { matched, notMatched, notMatchedBySource, schemaEvolution } = this.#actions;
    if (matched.length + notMatched.length + notMatchedBySource.length === 0) {
      throw new SparkwrightError("USAGE_MERGE", `merge() into ${this.#table} was told nothing to do`, {
        hint: "Call whenMatched(), whenNotMatched() or whenNotMatchedBySource() with an action before.",
      });
    }
    await Execution.command(
      this.#session.client,
      this.#source,
      (sourceTablePlan) => ({
        case: "mergeIntoTableCommand",
        value: {
          targetTableName: this.#table,
          sourceTablePlan,
          mergeCondition: this.#condition.toProto(),
          matchActions: [...matched],
          notMatchedActions: [...notMatched],
          notMatchedBySourceActions: [...notMatchedBySource],
          withSchemaEvolution: schemaEvolution,
        },
      }),
      options,
    ).run();
  }

  #with(
    clause: Clause,
    actionType: Action,
    condition: Column | undefined,
    assignments: MergeAssignments = {},
  ): MergeIntoWriter {
    const value = create(MergeActionSchema, {
      actionType,
      assignments: Object.entries(assignments).map(([name, column]) => ({
        key: expressionString(name),
        value: assigned(name, column),
      })),
      ...(condition === undefined ? {} : { condition: condition.toProto() }),
    });
    const action = expression({ case: "mergeAction", value });
    return this.#changed({ [clause]: [...this.#actions[clause], action] });
  }

  #changed(changes: Partial<MergeActions>): MergeIntoWriter {
    const actions = { ...this.#actions, ...changes };
    return new MergeIntoWriter(this.#session, this.#source, this.#table, this.#condition, actions);
  }
}

type Choose = (action: Action, assignments?: MergeAssignments) => MergeIntoWriter;

/** What to do with rows of the table. */
export class WhenMatched {
  readonly #choose: Choose;

  constructor(choose: Choose) {
    this.#choose = choose;
  }

  /** Every column gets the value of the source's column of that name. */
  updateAll(): MergeIntoWriter {
    return this.#choose(Action.UPDATE_STAR);
  }

  /** These columns get these values. */
  update(assignments: MergeAssignments): MergeIntoWriter {
    return this.#choose(Action.UPDATE, given("update", assignments));
  }

  /** The row is deleted. */
  delete(): MergeIntoWriter {
    return this.#choose(Action.DELETE);
  }
}

/** What to do with rows that the table has not. */
export class WhenNotMatched {
  readonly #choose: Choose;

  constructor(choose: Choose) {
    this.#choose = choose;
  }

  /** A row with the source's columns of the same names. */
  insertAll(): MergeIntoWriter {
    return this.#choose(Action.INSERT_STAR);
  }

  /** A row with these values; other columns get their defaults, or NULL. */
  insert(assignments: MergeAssignments): MergeIntoWriter {
    return this.#choose(Action.INSERT, given("insert", assignments));
  }
}

function given(method: string, assignments: MergeAssignments): MergeAssignments {
  if (Object.keys(assignments).length > 0) return assignments;
  throw new SparkwrightError("USAGE_MERGE", `${method}() of a merge was given no column`, {
    hint: `For example ${method}({ name: col("source.name") }), or ${method}All().`,
  });
}

function assigned(name: string, column: unknown): Expression {
  if (column instanceof Column) return column.toProto();
  throw new SparkwrightError(
    "USAGE_NOT_A_COLUMN",
    `the value of ${name} in a merge is a ${typeof column}, not a Column`,
    { hint: "Use col(name) for a column and lit(value) for a value." },
  );
}
