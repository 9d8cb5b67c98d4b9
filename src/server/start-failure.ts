import { SparkwrightError } from "../core/error.ts";

/** Causes that have a remedy of their own. */
const known: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
  {
    pattern:
      /Could not reserve enough space|OutOfMemoryError|Cannot allocate memory|insufficient memory|Initial heap size|Invalid maximum heap size/,
    hint: "set spark.conf: spark.driver.memory to what this machine has free, for example 1g",
  },
  {
    pattern: /UnsupportedClassVersionError/,
    hint: "Spark needs Java 17 or newer: set JAVA_HOME to one",
  },
  {
    pattern: /Address already in use|BindException/,
    hint: "another program has the address: check spark.conf for fixed ports",
  },
  {
    pattern: /No space left on device/,
    hint: "free some space on the disk of the project and of the temporary folder",
  },
  {
    pattern: /Unrecognized (VM )?option|Could not create the Java Virtual Machine/,
    hint: "check spark.conf: spark.driver.extraJavaOptions and the variables JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS",
  },
  {
    pattern: /ClassNotFoundException|NoClassDefFoundError|NoSuchMethodError/,
    hint: "the jars do not fit together: check SPARK_HOME and the classes that spark.conf names",
  },
];

const shownLines = 12;

/** The error of a server that did not come up, with the lines of its log that say why. */
export function startFailure(what: string, log: string, logFile: string): SparkwrightError {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const cause = known.find(({ pattern }) => pattern.test(log));
  const shown = meaningfulLines(lines);
  return new SparkwrightError(
    "SERVER_START_FAILED",
    [`the embedded Spark server ${what}`, ...shown].join("\n  "),
    {
      hint: cause === undefined ? `read ${logFile}` : `${cause.hint} (log: ${logFile})`,
      details: { log: logFile },
    },
  );
}

/** Errors and their causes without stack frames; the last lines when there are none. */
export function meaningfulLines(lines: readonly string[]): readonly string[] {
  const isTold = (line: string): boolean =>
    !/^\s+at |^\s*\.\.\. \d+ more/.test(line) &&
    /\b(ERROR|FATAL|Caused by|Could not)\b|Error\b|Exception|error:/.test(line);
  const told = lines.filter(isTold);
  return told.length > 0 ? told.slice(0, shownLines) : lines.slice(-shownLines);
}
