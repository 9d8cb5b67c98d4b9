import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { rooms } from "./rooms.ts";

export interface ImportReport {
  /** How many modules of `src/` were read. */
  readonly modules: number;
  /** `rule: importer -> imported`, sorted. */
  readonly violations: readonly string[];
}

const inRoom = (room: string): string =>
  room === "gen" ? "^gen/" : room.endsWith(".ts") ? `^src/${room.replace(".", "\\.")}$` : `^src/${room}/`;

/** Everything in the repository that is not this room, nor a room it may import. Packages are another rule's business. */
function roomRule(room: string, allowed: readonly string[]): IForbiddenRuleType {
  const rights = allowed.length > 8 ? "the rooms of the table" : allowed.join(", ") || "nothing";
  return {
    name: `room ${room} may import ${rights}`,
    severity: "error",
    from: { path: inRoom(room) },
    to: {
      pathNot: [...[room, ...allowed].map(inRoom), "(^|/)node_modules/"],
      dependencyTypesNot: ["core"],
      couldNotResolve: false,
    },
  };
}

const rules: IForbiddenRuleType[] = [
  ...Object.entries(rooms).map(([room, allowed]) => roomRule(room, allowed)),
  {
    name: "every file of src is in a room of the table",
    severity: "error",
    from: { path: "^src/", pathNot: Object.keys(rooms).map(inRoom) },
    to: {},
  },
  {
    name: "no import cycle",
    severity: "error",
    from: { path: "^src/" },
    // A cycle of types only is erased and cannot bite when the modules load.
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "every import resolves",
    severity: "error",
    from: { path: "^src/" },
    to: { couldNotResolve: true },
  },
  {
    name: "src imports what is published with it, not devDependencies",
    severity: "error",
    from: { path: "^src/" },
    to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
  },
];

/** Reads `src/` under `baseDir`, type-only and dynamic imports included, and judges every import by the table. */
export async function checkImports(baseDir: string, tsConfig: object): Promise<ImportReport> {
  const { output } = await cruise(
    ["src"],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: rules },
      tsPreCompilationDeps: true,
      doNotFollow: { path: ["(^|/)node_modules/", "^gen/"] },
      enhancedResolveOptions: {
        extensions: [".ts"],
        exportsFields: ["exports"],
        conditionNames: ["import", "require", "node", "default"],
      },
    },
    undefined,
    { tsConfig },
  );
  const result = output as ICruiseResult;
  return {
    modules: result.modules.filter((module) => module.source.startsWith("src/")).length,
    violations: [
      ...new Set(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)),
    ].sort(),
  };
}
