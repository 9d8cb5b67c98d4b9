import type { LogLevel } from "../../config/project.ts";
import type { Paint, Style } from "../terminal/output.ts";
import { plainText } from "../terminal/plain-text.ts";
import type { LogLine } from "./log-line.ts";

export interface Logger {
  log(line: LogLine): void;
}

/** The least severe first. */
const colours: Readonly<Record<LogLevel, Style>> = {
  debug: "dim",
  info: "cyan",
  warn: "yellow",
  error: "red",
};

/** Writes lines such as `12:34:56.789 info  message` to `print`; below `level` nothing is written. */
export function createLogger(level: LogLevel, paint: Paint, print: (text: string) => void): Logger {
  const levels = Object.keys(colours);
  const least = levels.indexOf(level);
  return {
    log: ({ level, message }) => {
      if (levels.indexOf(level) < least) return;
      const time = paint("dim", new Date().toISOString().slice(11, 23));
      print(`${time} ${paint(colours[level], level.padEnd(5))} ${plainText(message)}\n`);
    },
  };
}
