/** What every program that these tests start is told of its AWS: moto, with keys that are nobody's. */

export const REGION = 'eu-central-1';
/** The account that moto gives to everybody. */
export const ACCOUNT = '123456789012';

export function awsEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Asks moto without a client of that service: `authorization` only says which service and Region are meant. */
export async function ask(
  endpoint: string,
  service: string,
  path: string,
  options: { readonly target?: string; readonly body?: object } = {},
): Promise<unknown> {
  const { target, body } = options;
  const credential = `Credential=test/20260101/${REGION}/${service}/aws4_request`;
  const response = await fetch(`${endpoint}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
      ...(target !== undefined && { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} answered ${response.status} to ${target ?? path}: ${text}`);
  return JSON.parse(text);
}
