import { Writable } from "node:stream";
import winston from "winston";
import type { LogLevel } from "../../config/project.ts";
import type { Paint, Style } from "../terminal/output.ts";
import { plainText } from "../terminal/plain-text.ts";
import type { LogLine } from "./log-line.ts";

export interface Logger {
  log(line: LogLine): void;
}

const colours: Readonly<Record<LogLevel, Style>> = {
  debug: "dim",
  info: "cyan",
  warn: "yellow",
  error: "red",
};

/** A winston logger whose lines, `12:34:56.789 info  message`, go to `print`; below `level` nothing is written. */
export function createLogger(level: LogLevel, paint: Paint, print: (text: string) => void): Logger {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      print(chunk);
      done();
    },
  });
  const logger = winston.createLogger({
    level,
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    format: winston.format.combine(
      winston.format.timestamp(),
      winston.format.printf(({ level, message, timestamp }) => {
        const time = String(timestamp).slice(11, 23);
        const name = paint(colours[level as LogLevel], level.padEnd(5));
        return `${paint("dim", time)} ${name} ${plainText(String(message))}`;
      }),
    ),
    transports: [new winston.transports.Stream({ stream, eol: "\n" })],
  });
  return { log: ({ level, message }) => void logger.log(level, message) };
}
