/** What a request says. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import { CavendishError } from '../../lib/core/errors/error.ts';
import type { OperationName } from '../../lib/core/people/permissions.ts';
import { OPERATIONS } from '../../lib/pipeline/operations/all.ts';

/** Bytes of a request; API Gateway itself takes ten million (quotas of HTTP APIs), Lambda six. */
export const MOST_BODY = 2 * 1024 * 1024;

/** @throws CavendishError `limit-exceeded`, `bad-input` where it is not JSON; never with what was sent */
export function inputOf({
  body = '',
  isBase64Encoded,
}: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): unknown {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MOST_BODY) {
    throw new CavendishError('limit-exceeded', `a request has at most ${String(MOST_BODY)} bytes`);
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new CavendishError('bad-input', 'the body of the request is not JSON');
  }
}

const PATH = /^\/v1\/(?<name>[a-z/-]{1,100})$/u;

/** @throws CavendishError `not-found` where the path is of no operation */
export function operationOf({ rawPath }: Pick<APIGatewayProxyEventV2, 'rawPath'>): OperationName {
  const name = PATH.exec(rawPath)?.groups?.['name'];
  if (name !== undefined && isOperation(name)) return name;
  throw new CavendishError('not-found', `this home has no operation ${name ?? 'of that name'}`, {
    next: 'The stack may be older than the command line, or newer: deploy the same version (npx cdk deploy).',
  });
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
