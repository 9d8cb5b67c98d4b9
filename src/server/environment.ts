/** What the server room takes from the environment; the only place in it that reads the environment. */
export interface ServerEnvironment {
  readonly sparkHome: string | undefined;
  readonly javaHome: string | undefined;
  /** Folders of `PATH`, in order. */
  readonly path: readonly string[];
  readonly cacheFolder: string | undefined;
  readonly xdgCacheHome: string | undefined;
}

export function readEnvironment(): ServerEnvironment {
  const env = process.env;
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    sparkHome: given("SPARK_HOME"),
    javaHome: given("JAVA_HOME"),
    path: (env["PATH"] ?? "").split(":").filter((folder) => folder !== ""),
    cacheFolder: given("SPARKWRIGHT_CACHE_DIR"),
    xdgCacheHome: given("XDG_CACHE_HOME"),
  };
}

/** The environment of a child process: ours, with `changes` on top; `undefined` removes a variable. */
export function childEnvironment(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
