import type { WriteStream } from "node:tty";
import { styleText } from "node:util";
import { Redactor } from "../../events/redactor.ts";

export type Style = Parameters<typeof styleText>[0];
/** Puts a style on a text, or leaves it plain, as the stream and NO_COLOR or FORCE_COLOR say. */
export type Paint = (style: Style, text: string) => string;

/** Text to a stream that may be slow, or be closed by its reader (`| head`) at any moment. */
export class Output {
  readonly #stream: NodeJS.WriteStream;
  readonly #write: NodeJS.WriteStream["write"];
  readonly #closed = new AbortController();
  readonly #redactor = new Redactor();

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#write = stream.write.bind(stream);
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED" && error.code !== "EIO")
        throw error;
      this.#closed.abort();
    });
  }

  /** From now on these are masked in whatever is written. */
  hide(secrets: readonly string[]): void {
    for (const secret of secrets) this.#redactor.add(secret);
  }

  /** From now on only this writes to its stream: what code prints there, as with `console.log`, goes to `other`. */
  divertOthers(other: Output): void {
    this.#stream.write = other.#write;
  }

  /** Aborts when the reader has gone. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number {
    return this.#stream.columns > 0 ? this.#stream.columns : 80;
  }

  get rows(): number {
    return this.#stream.rows > 0 ? this.#stream.rows : 24;
  }

  readonly paint: Paint = (style, text) => styleText(style, text, { stream: this.#stream });

  /** Resolves when the stream takes more; rows without end must wait for it. */
  write(text: string): Promise<void> {
    if (this.closed.aborted || text === "") return Promise.resolve();
    if (this.#write(this.#redactor.text(text))) return Promise.resolve();
    return this.#drained();
  }

  line(text = ""): Promise<void> {
    return this.write(`${text}\n`);
  }

  onResize(listener: () => void): () => void {
    const stream = this.#stream as WriteStream;
    stream.on("resize", listener);
    return () => stream.off("resize", listener);
  }

  /** Resolves when all that was written has been handed to the system. */
  flush(): Promise<void> {
    if (this.closed.aborted || this.#stream.writableLength === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.closed.addEventListener("abort", () => resolve(), { once: true });
      this.#write("", () => resolve());
    });
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off("drain", done);
        this.closed.removeEventListener("abort", done);
        resolve();
      };
      this.#stream.once("drain", done);
      this.closed.addEventListener("abort", done, { once: true });
    });
  }
}
