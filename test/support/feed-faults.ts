/** What a server of feeds, or what stands between, may do wrong; see feed-mirror.ts. */
import type { ServerResponse } from 'node:http';

import { type Fault, headersOf } from './feed-mirror.ts';

/** Milliseconds in which the other side has read what was sent: what it has not read when the connection ends is lost. */
const READ_MS = 25;

/** Ends the connection behind so many bytes of the body. */
export function cut(after: number): Fault {
  return (response, file) => {
    response.writeHead(200, { ...headersOf(file), 'content-length': file.bytes.length });
    writeAndThen(response, file.bytes.subarray(0, after), () => response.destroy());
  };
}

/** Ends the connection of whatever was asked, a range too, without a word. */
export const hangUp: Fault = (response) => void response.destroy();

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Fault {
  return (response) => void response.writeHead(code, headers).end('<html>sorry</html>');
}

/** Gives so many bytes and then stands still. */
export function stall(after: number): Fault {
  return (response, file) => {
    response.writeHead(200, { ...headersOf(file), 'content-length': file.bytes.length });
    response.write(file.bytes.subarray(0, after));
  };
}

/** Never answers. */
export const silence: Fault = () => undefined;

/** Says a length that its body does not have: more than it has (it is cut off), or less (it ends early). */
export function says(length: (bytes: number) => number): Fault {
  return (response, file) => {
    const said = length(file.bytes.length);
    response.writeHead(200, { ...headersOf(file), 'content-length': said });
    writeAndThen(response, file.bytes.subarray(0, said), () => response.destroy());
  };
}

/** Other bytes, as if they were the file. */
export function instead(bytes: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Fault {
  return (response, file) => void response.writeHead(200, { ...headersOf(file), ...headers }).end(bytes);
}

export function redirect(to: string): Fault {
  return (response) => void response.writeHead(302, { location: to }).end();
}

export const notModified: Fault = (response, file) => void response.writeHead(304, headersOf(file)).end();

/** A range, but another than was asked for. */
export const otherRange: Fault = (response, file) => {
  const size = file.bytes.length;
  response
    .writeHead(206, { ...headersOf(file), 'content-range': `bytes 1-${size - 1}/${size}` })
    .end(file.bytes.subarray(1));
};

function writeAndThen(response: ServerResponse, bytes: Uint8Array, then: () => void): void {
  response.write(bytes, () => setTimeout(then, READ_MS));
}
