/** What code a project may load. */
export interface ModulePolicy {
  /** The project folder; code comes from its `src` and `lib`. */
  readonly root: string;
  /** Packages and built-ins beyond the project's own code: `name`, `@scope/*`, `node:fs`. */
  readonly allowedModules: readonly string[];
}

/** The folders of a project that hold code, in the order they are searched. */
export const codeFolders = ["src", "lib"] as const;
