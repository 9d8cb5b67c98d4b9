import { create } from "@bufbuild/protobuf";
import { type Relation, RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { shareObservation } from "../observation.ts";
import type { StructType } from "../types/data-type.ts";
import { schemaFaults } from "./check-schema.ts";
import { schemaMismatch } from "./schema-fault.ts";
import type { ObjectSchema } from "./zod-schema.ts";

/** Thrown, as a rejection, when the relation has not the columns that are expected of it. */
type Check = () => Promise<void>;

const checks: WeakMap<Relation, Check> = new WeakMap();

/**
 * The same relation under the same id, of which a schema is expected: it is checked before the first plan runs that
 * the relation is a part of, and not again.
 *
 * @param actual asks the server for the columns
 */
export function expecting(plan: Relation, schema: ObjectSchema, actual: () => Promise<StructType>): Relation {
  const copy = create(RelationSchema);
  if (plan.common !== undefined) copy.common = plan.common;
  copy.relType = plan.relType;
  shareObservation(plan, copy);
  let done: Promise<void> | undefined;
  checks.set(copy, () => {
    done ??= actual().then(
      (columns) => {
        const faults = schemaFaults(schema, columns);
        if (faults.length > 0) throw schemaMismatch(faults);
      },
      (error: unknown) => {
        // The server could not tell; it is asked again.
        done = undefined;
        throw error;
      },
    );
    return done;
  });
  return copy;
}

/** What must hold before a relation may run; not of its inputs. */
export function expectationOf(of: Relation): Check | undefined {
  return checks.get(of);
}
