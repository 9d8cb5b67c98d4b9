import type { SecretMask } from "../../core/secret-mask.ts";

type Write = NodeJS.WriteStream["write"];

/**
 * The `write` of a stream with secrets masked, also one that two writes share. What may be the beginning of one waits
 * for the next write, or for `flush`.
 */
export class MaskedStream {
  readonly #mask: SecretMask;
  readonly #write: Write;
  /** As bytes, each a character: what is written need not be text. */
  #waiting = "";

  constructor(mask: SecretMask, write: Write) {
    this.#mask = mask;
    this.#write = write;
  }

  readonly write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    const done = rest.find((item) => typeof item === "function") as
      | ((error?: Error | null) => void)
      | undefined;
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
    const piece = this.#waiting + bytes.toString("latin1");
    const settled = this.#mask.settled(piece);
    this.#waiting = piece.slice(settled);
    return this.#write(Buffer.from(this.#mask.text(piece.slice(0, settled)), "latin1"), done);
  }) as Write;

  flush(): void {
    if (this.#waiting === "") return;
    this.#write(Buffer.from(this.#mask.text(this.#waiting), "latin1"));
    this.#waiting = "";
  }
}
