import { type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { WireType } from "@bufbuild/protobuf/wire";
import {
  type AddArtifactsRequest,
  type AddArtifactsRequest_ArtifactChunk,
  AddArtifactsRequest_ArtifactChunkSchema,
  AddArtifactsRequestSchema,
} from "../../gen/spark/connect/base_pb.ts";
import { messageOf, SparkwrightError } from "../core/error.ts";

/** As `toBinary`. Thrown when a value does not fit its field: `USAGE_INVALID_ARGUMENT`. */
export function encodeMessage<D extends DescMessage>(
  schema: D,
  message: MessageShape<D>,
): Uint8Array<ArrayBuffer> {
  try {
    return toBinary(schema, message);
  } catch (cause) {
    const [, field, reason] =
      /^cannot encode field (?:spark\.connect\.)?(\S+) to binary: (.*)$/s.exec(messageOf(cause)) ?? [];
    if (field === undefined) throw cause;
    throw new SparkwrightError("USAGE_INVALID_ARGUMENT", `an argument does not fit ${field}: ${reason}`, {
      cause,
      hint: "Pass names as strings, and counts as whole numbers in the range of their type.",
    });
  }
}

/** The bytes of a message. */
export function encodeRequest<D extends DescMessage>(schema: D, message: MessageShape<D>): Buffer {
  const { payload } = message as Partial<AddArtifactsRequest>;
  if (payload?.case === "chunk") return encodeChunk(message as unknown as AddArtifactsRequest, payload.value);
  const bytes = encodeMessage(schema, message);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Uploads are nearly all chunks, and `toBinary` copies the data of each four times. */
function encodeChunk(
  { payload: _, ...request }: AddArtifactsRequest,
  { data, crc }: AddArtifactsRequest_ArtifactChunk,
): Buffer {
  const others = toBinary(AddArtifactsRequestSchema, { ...request, payload: { case: undefined } });
  const { chunk } = AddArtifactsRequestSchema.field;
  const { data: dataField, crc: crcField } = AddArtifactsRequest_ArtifactChunkSchema.field;
  const before = [...tag(dataField.number, WireType.LengthDelimited), ...varint(data.length)];
  const after = [...tag(crcField.number, WireType.Varint), ...varint(Number(crc))];
  const length = before.length + data.length + after.length;
  const head = [...tag(chunk.number, WireType.LengthDelimited), ...varint(length), ...before];
  const bytes = Buffer.allocUnsafe(others.length + head.length + data.length + after.length);
  bytes.set(others);
  bytes.set(head, others.length);
  bytes.set(data, others.length + head.length);
  bytes.set(after, bytes.length - after.length);
  return bytes;
}

function tag(field: number, type: WireType): number[] {
  return varint(field * 8 + type);
}

/** A whole number from 0 to 2^53 in groups of seven bits, the lowest first. */
function varint(value: number): number[] {
  const groups: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) groups.push((rest % 0x80) | 0x80);
  return [...groups, rest];
}
