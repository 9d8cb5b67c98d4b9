import { Join_JoinType } from "../../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { suggest } from "../../core/suggestion.ts";

/** The names that Spark takes for a kind of join. */
export type JoinType =
  | "inner"
  | "cross"
  | "outer"
  | "full"
  | "fullouter"
  | "full_outer"
  | "left"
  | "leftouter"
  | "left_outer"
  | "right"
  | "rightouter"
  | "right_outer"
  | "semi"
  | "leftsemi"
  | "left_semi"
  | "anti"
  | "leftanti"
  | "left_anti";

const joinTypes: Readonly<Record<JoinType, Join_JoinType>> = {
  inner: Join_JoinType.INNER,
  cross: Join_JoinType.CROSS,
  outer: Join_JoinType.FULL_OUTER,
  full: Join_JoinType.FULL_OUTER,
  fullouter: Join_JoinType.FULL_OUTER,
  full_outer: Join_JoinType.FULL_OUTER,
  left: Join_JoinType.LEFT_OUTER,
  leftouter: Join_JoinType.LEFT_OUTER,
  left_outer: Join_JoinType.LEFT_OUTER,
  right: Join_JoinType.RIGHT_OUTER,
  rightouter: Join_JoinType.RIGHT_OUTER,
  right_outer: Join_JoinType.RIGHT_OUTER,
  semi: Join_JoinType.LEFT_SEMI,
  leftsemi: Join_JoinType.LEFT_SEMI,
  left_semi: Join_JoinType.LEFT_SEMI,
  anti: Join_JoinType.LEFT_ANTI,
  leftanti: Join_JoinType.LEFT_ANTI,
  left_anti: Join_JoinType.LEFT_ANTI,
};

/** The protocol's kind of join. Thrown when the name is none. */
export function joinType(name: string): Join_JoinType {
  const key = name.toLowerCase();
  if (Object.hasOwn(joinTypes, key)) return joinTypes[key as JoinType];
  const meant = suggest(key, Object.keys(joinTypes));
  throw new SparkwrightError("USAGE_JOIN_TYPE", `"${name}" is not a kind of join`, {
    hint:
      meant === undefined ? `Use one of ${Object.keys(joinTypes).join(", ")}.` : `Did you mean "${meant}"?`,
  });
}
