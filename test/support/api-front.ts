/**
 * API Gateway before a function, on loopback: it checks the signature of each request with the secret of its access
 * key, and hands the function the event of an HTTP API with IAM authorisation (payload format 2.0).
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import type { APIGatewayProxyEventV2WithIAMAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export const REGION = 'eu-central-1';
const ACCOUNT = '111122223333';

/** By access key: whom STS says that it is. The secret of a key is `secret of KEY`. */
export type Callers = Readonly<Record<string, string>>;

/** `arn:aws:sts::…:assumed-role/NAME/SESSION`, as IAM says who uses a role. */
export const sessionOf = (role: string, session = 'session') =>
  `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`;
/** The same role, as the appetite names it. */
export const principalOfRole = (role: string) => `arn:aws:iam::${ACCOUNT}:role/${role}`;

type Invoke = (event: APIGatewayProxyEventV2WithIAMAuthorizer) => Promise<APIGatewayProxyStructuredResultV2>;

export interface ApiFront {
  readonly url: string;
  /** Answers in place of the function, one after the other, before it is asked again. */
  answerFirst(...statuses: readonly number[]): void;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startApiFront(callers: Callers, invoke: Invoke): Promise<ApiFront> {
  const asked: string[] = [];
  const first: number[] = [];
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const path = request.url ?? '';
    asked.push(path);
    const status = first.shift();
    if (status !== undefined) {
      send(response, { statusCode: status, body: JSON.stringify({ message: 'Too Many Requests' }) });
      return;
    }
    const key = /Credential=(?<key>[^/]+)\//u.exec(request.headers.authorization ?? '')?.groups?.['key'] ?? '';
    const userArn = callers[key];
    if (userArn === undefined || !(await isSigned(request, body, key))) {
      send(response, { statusCode: 403, body: JSON.stringify({ message: 'Forbidden' }) });
      return;
    }
    send(response, await invoke(eventOf(request, body, userArn)));
  }
  const server = createServer((request, response) => {
    void respond(request, response).catch((error: unknown) => {
      send(response, { statusCode: 502, body: JSON.stringify({ message: String(error) }) });
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    answerFirst: (...statuses) => first.push(...statuses),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, { statusCode = 200, headers, body = '', isBase64Encoded }: Answer): void {
  response.writeHead(statusCode, headers as Record<string, string> | undefined);
  response.end(Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'));
}
type Answer = APIGatewayProxyStructuredResultV2;

/** Signs what came once more, as of the same second, with the secret that the key has. */
async function isSigned(request: IncomingMessage, body: Buffer, key: string): Promise<boolean> {
  const { authorization = '', host = '' } = request.headers;
  const signed = /SignedHeaders=(?<names>[^,]+)/u.exec(authorization)?.groups?.['names']?.split(';') ?? [];
  const at = String(request.headers['x-amz-date']);
  const { sha256 } = new S3Client({ region: REGION }).config;
  const signer = new SignatureV4({
    ...{ service: 'execute-api', region: REGION, sha256 },
    credentials: { accessKeyId: key, secretAccessKey: `secret of ${key}` },
  });
  const [hostname = '', port] = host.split(':');
  const { headers } = await signer.sign(
    {
      ...{ method: 'POST', protocol: 'http:', hostname, path: request.url ?? '', body },
      ...(port !== undefined && { port: Number(port) }),
      headers: Object.fromEntries(signed.map((name) => [name, String(request.headers[name])])),
    },
    { signingDate: new Date(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z')) },
  );
  return headers['authorization'] === authorization;
}

function eventOf({ url = '', headers }: IncomingMessage, body: Buffer, userArn: string) {
  return anApiEvent(url, body.toString('utf8'), userArn, headers as Record<string, string>);
}

/** As an HTTP API makes it; what functions do not read is left out. */
export function anApiEvent(
  path: string,
  body: string,
  userArn: string,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyEventV2WithIAMAuthorizer {
  return {
    ...{ version: '2.0', routeKey: `POST ${path}`, rawPath: path, rawQueryString: '', headers: { ...headers }, body },
    isBase64Encoded: false,
    requestContext: {
      authorizer: { iam: { accessKey: 'AKIA', accountId: ACCOUNT, callerId: 'AROA:session', userArn, userId: 'AROA' } },
    },
  } as APIGatewayProxyEventV2WithIAMAuthorizer;
}
