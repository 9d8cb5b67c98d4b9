import { createHash } from "node:crypto";
import { getCACertificates } from "node:tls";

/**
 * A Java trust store (JKS) of the certificates Node and this machine trust, so that a Java that came with its own
 * list also reaches servers behind a company's proxy.
 */
export function machineTrustStore(): Uint8Array {
  const pems = new Set([...getCACertificates("default"), ...getCACertificates("system")]);
  return encodeTrustStore([...pems].map(derOf), 0);
}

/** The password of every trust store Java ships; it protects nothing, a trust store has no secrets. */
const password = "changeit";

/** `certificates` in DER. Source of the layout: sun.security.provider.JavaKeyStore of OpenJDK. */
export function encodeTrustStore(certificates: readonly Uint8Array[], createdAt: number): Uint8Array {
  const entries = certificates.flatMap((der, index) => [
    int32(2), // a trusted certificate
    text(`machine-${index}`),
    int64(createdAt),
    text("X.509"),
    int32(der.length),
    der,
  ]);
  const content = Buffer.concat([int32(0xfeedfeed), int32(2), int32(certificates.length), ...entries]);
  const digest = createHash("sha1")
    .update(Buffer.from(password, "utf16le").swap16())
    .update("Mighty Aphrodite")
    .update(content)
    .digest();
  return Buffer.concat([content, digest]);
}

function derOf(pem: string): Uint8Array {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
}

function int32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function int64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, "utf8");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
