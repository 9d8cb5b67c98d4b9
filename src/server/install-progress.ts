import { formatDuration } from "../core/duration.ts";

const everyMs = 2_000;

/** Reports a running installation every 2 s: what, since when, how much so far. */
export class InstallProgress {
  readonly #what: string;
  readonly #report: (line: string) => void;
  readonly #startedAt: number = Date.now();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;

  constructor(what: string, report: (line: string) => void) {
    this.#what = what;
    this.#report = report;
    report(`installing ${what}`);
    this.#timer = setInterval(() => report(this.#line()), everyMs);
  }

  /** Counts the sizes in lines such as `Downloaded from central: https://… (1.2 MB at 3.4 MB/s)` (Maven) and `Downloading x.whl (12.3 MB)` (pip). */
  read(line: string): void {
    this.#bytes += bytesIn(line);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#report(`installed ${this.#what} in ${formatDuration(Date.now() - this.#startedAt)}`);
  }

  cancel(): void {
    clearInterval(this.#timer);
  }

  #line(): string {
    const size = this.#bytes === 0 ? "" : `, ${Math.round(this.#bytes / 1e6)} MB so far`;
    return `installing ${this.#what}: ${formatDuration(Date.now() - this.#startedAt)}${size}`;
  }
}

const unitBytes: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/** The size a download line of Maven or pip names, in bytes; 0 when it names none. */
export function bytesIn(line: string): number {
  const match = /Download(?:ed|ing) .*\(([\d.]+) ([kMG]?B)\b/.exec(line);
  return match === null ? 0 : Number(match[1]) * (unitBytes[(match[2] as string).toLowerCase()] ?? 0);
}
