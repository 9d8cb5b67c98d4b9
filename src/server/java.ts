import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ServerEnvironment } from "./environment.ts";
import { runCommand } from "./run-command.ts";

export interface JavaRuntime {
  /** Path of the executable. */
  readonly executable: string;
  /** Feature version: 17, 21, 25. */
  readonly feature: number;
  /** What `java -version` prints first, to tell builds apart. */
  readonly banner: string;
}

/** Spark 4 needs it. */
export const oldestJava = 17;

/** The feature version in the output of `java -version`: 8 for `1.8.0_392`, 17 for `17.0.15`. */
export function parseJavaVersion(output: string): number | undefined {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(output);
  if (match === null) return undefined;
  const major = Number(match[1]);
  return major === 1 && match[2] !== undefined ? Number(match[2]) : major;
}

/** Asks an executable for its version; `undefined` when it is no working Java. */
export async function probeJava(executable: string, signal?: AbortSignal): Promise<JavaRuntime | undefined> {
  if (!existsSync(executable)) return undefined;
  try {
    const lines = await runCommand(executable, ["-version"], { signal });
    const banner = lines.filter((line) => !line.startsWith("Picked up")).join("\n");
    const feature = parseJavaVersion(banner);
    return feature === undefined ? undefined : { executable, feature, banner };
  } catch (error) {
    if (signal?.aborted) throw error;
    return undefined;
  }
}

/** What Java there is: the first that is new enough, and everything that was looked at, for an error. */
export interface JavaSearch {
  readonly found: JavaRuntime | undefined;
  readonly tooOld: readonly JavaRuntime[];
}

/** Looks at JAVA_HOME, then along PATH. */
export async function findJava(environment: ServerEnvironment, signal?: AbortSignal): Promise<JavaSearch> {
  const candidates = [
    ...(environment.javaHome === undefined ? [] : [join(environment.javaHome, "bin", "java")]),
    ...environment.path.map((folder) => join(folder, "java")),
  ];
  const tooOld: JavaRuntime[] = [];
  for (const executable of new Set(candidates)) {
    const java = await probeJava(executable, signal);
    if (java !== undefined && java.feature >= oldestJava) return { found: java, tooOld };
    if (java !== undefined) tooOld.push(java);
  }
  return { found: undefined, tooOld };
}

/**
 * The packages Spark reaches into.
 * Source: org.apache.spark.launcher.JavaModuleOptions of Spark 4.2.
 */
const opened = [
  ...["lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent"],
  "util.concurrent.atomic",
].map((name) => `java.base/java.${name}`);
const openedInternals = [
  "jdk.internal.ref",
  "sun.nio.ch",
  "sun.nio.cs",
  "sun.security.action",
  "sun.util.calendar",
];

/** The JVM options without which Spark 4.2 does not run on that Java. */
export function sparkJavaOptions(feature: number): readonly string[] {
  const packages = [
    ...opened,
    ...openedInternals.map((name) => `java.base/${name}`),
    "java.security.jgss/sun.security.krb5",
  ];
  return [
    "-XX:+IgnoreUnrecognizedVMOptions",
    ...packages.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    "-Djdk.reflect.useDirectMethodHandle=false",
    "-Dio.netty.tryReflectionSetAccessible=true",
    // From Java 24 on Netty gives up Unsafe, which Arrow's allocator needs.
    ...(feature >= 24
      ? [
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-Dio.netty.noUnsafe=false",
        ]
      : []),
  ];
}
