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

/** The kinds of lateral join. */
export type LateralJoinType = Extract<JoinType, "inner" | "cross" | "left" | "leftouter" | "left_outer">;

/** The protocol's kind of join. Thrown when the name is none. */
export function joinType(name: string): Join_JoinType {
  const known = oneOf("kind of join", name.toLowerCase(), Object.keys(joinTypes) as JoinType[]);
  return joinTypes[known];
}

/** The protocol's kind of lateral join. Thrown when the name is none. */
export function lateralJoinType(name: string): Join_JoinType {
  const names = ["inner", "cross", "left", "leftouter", "left_outer"] as const;
  return joinTypes[oneOf("kind of lateral join", name.toLowerCase(), names)];
}

/** The name, which must be one of these: `USAGE_JOIN_TYPE`. */
export function oneOf<T extends string>(what: string, name: string, names: readonly T[]): T {
  const known = names.find((one) => one === name);
  if (known !== undefined) return known;
  const meant = suggest(name, [...names]);
  throw new SparkwrightError("USAGE_JOIN_TYPE", `"${name}" is not a ${what}`, {
    hint: meant === undefined ? `Use one of ${names.join(", ")}.` : `Did you mean "${meant}"?`,
  });
}
