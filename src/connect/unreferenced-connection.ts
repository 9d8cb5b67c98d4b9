import type { Socket } from "node:net";
import type * as Grpc from "@grpc/grpc-js";

/** The part of grpc-js (pinned) that turns a TCP connection into the one for HTTP/2; it has no public name. */
interface SecureConnector {
  connect(socket: Socket): Promise<{ readonly socket: Socket; readonly secure: boolean }>;
}
interface Connecting {
  _createSecureConnector(...args: unknown[]): SecureConnector;
}

/**
 * Credentials whose connections do not keep the process alive, though grpc-js has those with a call under way do so.
 * A client with them needs a subchannel pool of its own, or others would share such a connection.
 */
export function unreferenced(credentials: Grpc.ChannelCredentials): Grpc.ChannelCredentials {
  const connecting = credentials as unknown as Connecting;
  const createConnector = connecting._createSecureConnector.bind(credentials);
  connecting._createSecureConnector = (...args) => {
    const connector = createConnector(...args);
    const connect = connector.connect.bind(connector);
    connector.connect = async (tcp) => {
      const connected = await connect(tcp);
      const { socket } = connected;
      socket.unref();
      // Called by the HTTP/2 session with the first call that is under way.
      socket.ref = () => socket;
      return connected;
    };
    return connector;
  };
  return credentials;
}
