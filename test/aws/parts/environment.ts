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
