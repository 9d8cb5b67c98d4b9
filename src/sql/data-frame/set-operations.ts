import { SetOperation_SetOpType as SetOp } from "../../../gen/spark/connect/relations_pb.ts";
import { knownOptions } from "../../core/named-values.ts";
import type { DataFrame } from "../data-frame.ts";
import type { Union, UnionByName } from "../typed/changed-row.ts";
import { DataFrameRows } from "./rows.ts";

/** The methods of a DataFrame that put its rows and those of another over, or against, each other. */
export abstract class DataFrameSetOperations<R> extends DataFrameRows<R> {
  /** The rows of both, columns by position, duplicates kept. */
  union<S>(other: DataFrame<S>): DataFrame<Union<R, S>> {
    return this.#combine("union", other, SetOp.UNION, true);
  }

  /** The same as `union`. */
  unionAll<S>(other: DataFrame<S>): DataFrame<Union<R, S>> {
    return this.union(other);
  }

  /** The rows of both, columns by name; missing ones become NULL if allowed, else are an error. */
  unionByName<S>(
    other: DataFrame<S>,
    options: { readonly allowMissingColumns?: boolean } = {},
  ): DataFrame<UnionByName<R, S>> {
    const { allowMissingColumns = false } = knownOptions("unionByName()", options, {
      allowMissingColumns: true,
    });
    return this.#combine("unionByName", other, SetOp.UNION, true, { byName: true, allowMissingColumns });
  }

  /** The distinct rows that both have. */
  intersect(other: DataFrame): DataFrame<R> {
    return this.#combine("intersect", other, SetOp.INTERSECT, false);
  }

  /** The rows that both have, as often as both have them. */
  intersectAll(other: DataFrame): DataFrame<R> {
    return this.#combine("intersectAll", other, SetOp.INTERSECT, true);
  }

  /** The distinct rows that the other does not have. */
  except(other: DataFrame): DataFrame<R> {
    return this.#combine("except", other, SetOp.EXCEPT, false);
  }

  /** The rows that the other does not have, each as often as it has too few. */
  exceptAll(other: DataFrame): DataFrame<R> {
    return this.#combine("exceptAll", other, SetOp.EXCEPT, true);
  }

  /** The same as `except`. */
  subtract(other: DataFrame): DataFrame<R> {
    return this.except(other);
  }

  #combine<S>(
    method: string,
    other: DataFrame,
    setOpType: SetOp,
    isAll: boolean,
    options: { byName: boolean; allowMissingColumns: boolean } = {
      byName: false,
      allowMissingColumns: false,
    },
  ): DataFrame<S> {
    const sides = { leftInput: this.toPlan(), rightInput: this.planOf(method, other) };
    return this.derive({ case: "setOp", value: { ...sides, setOpType, isAll, ...options } });
  }
}
