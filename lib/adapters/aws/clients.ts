/**
 * How every AWS client of Cavendish is configured: few tries, and an end to each wait.
 *
 * The SDK reads Region, credentials and `AWS_ENDPOINT_URL` as AWS's tools do; what is here adds to that.
 */

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Patience {
  /** @default 10 - seconds until an answer must have begun, and that it may pause before it ends */
  readonly requestSeconds?: number;
}

const CONNECT_SECONDS = 2;

/**
 * For any client.
 *
 * Three tries by the SDK, with its exponential pause: more belongs to who knows what is at stake (the
 * work queue, with its own). `requestTimeout` alone would only write a warning, and it ends where an answer
 * begins: one that stops in the middle would be waited for without an end, were it not for `socketTimeout`.
 *
 * @param environment - its `AWS_REGION` is the Region, where it has one
 */
export function clientConfig(environment: Environment, { requestSeconds = 10 }: Patience = {}) {
  const region = environment['AWS_REGION'];
  return {
    ...(region === undefined ? {} : { region }),
    maxAttempts: 3,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT_SECONDS * 1000,
      requestTimeout: requestSeconds * 1000,
      throwOnRequestTimeout: true,
      socketTimeout: requestSeconds * 1000,
    },
  };
}

/** What stands in for AWS has one host name, and no bucket or queue may lead away from it. */
function standsIn(environment: Environment): boolean {
  return environment['AWS_ENDPOINT_URL'] !== undefined;
}

/**
 * For S3: evidence is large, so an answer may take a minute. Its checksums are left to who reads: evidence
 * has a digest of its own, which says more than that the bytes are those that S3 has.
 */
export function s3Config(environment: Environment, patience: Patience = { requestSeconds: 60 }) {
  return {
    ...clientConfig(environment, patience),
    forcePathStyle: standsIn(environment),
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
  };
}

/**
 * For SQS: the URL of a queue names a host of AWS, also where something stands in for AWS, and the SDK
 * would go there.
 */
export function sqsConfig(environment: Environment, patience: Patience = {}) {
  return { ...clientConfig(environment, patience), useQueueUrlAsEndpoint: !standsIn(environment) };
}
