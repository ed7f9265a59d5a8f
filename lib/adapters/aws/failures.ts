/**
 * What an AWS service or the SDK says went wrong, in Cavendish's words.
 *
 * Names of errors: "Common error types" of each service's API reference. What is not known here is
 * handed back as it is: the caller's business, or a bug.
 */
import { CavendishError } from '../../core/errors/error.ts';

/** By the prefix of an IAM action. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  ecr: 'Amazon ECR',
  ecs: 'Amazon ECS',
  events: 'EventBridge',
  'execute-api': 'API Gateway',
  lambda: 'AWS Lambda',
  s3: 'S3',
  scheduler: 'EventBridge Scheduler',
  sns: 'SNS',
  sqs: 'SQS',
  sts: 'STS',
};

interface Failure {
  readonly what: string;
  readonly next: string;
}

const AWAY: Failure = {
  what: 'did not answer as it should',
  next: 'Try again; if it stays so, look at the AWS Health Dashboard.',
};
const BUSY: Failure = {
  what: 'has no room for more requests just now',
  next: 'Try again in a minute; if it stays so, look at the limits of the account.',
};
const DENIED: Failure = {
  what: 'refuses this caller',
  next: 'Allow the action to the caller; the deployed functions have what they need from the stack.',
};
const NOBODY: Failure = {
  what: 'does not know this caller',
  next: 'Sign in again (aws sts get-caller-identity must answer), or name a profile by AWS_PROFILE.',
};
const MISSING: Failure = {
  what: 'has no such thing in this account and Region',
  next: 'Check the name, the Region and whether the stack is deployed.',
};

const ARCHIVED: Failure = {
  what: 'has moved it to an archive',
  next: 'Restore the object (aws s3api restore-object), then try again.',
};

const BY_NAME: readonly (readonly [RegExp, Failure])[] = [
  [
    /^(?:Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown|LimitExceededException$|ServiceQuotaExceeded|KMSThrottl)/u,
    BUSY,
  ],
  [
    /^(?:ExpiredToken|CredentialsProviderError|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|RequestExpired|MissingAuthenticationToken|TokenProviderError)/u,
    NOBODY,
  ],
  [
    /^(?:AccessDenied|AuthorizationError|NotAuthorized|OptInRequired|KMS(?:\.)?(?:AccessDenied|Disabled|InvalidState|NotFound|InvalidKeyUsage))/u,
    DENIED,
  ],
  [
    /^(?:ResourceNotFound|NotFoundException$|NoSuchBucket|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)/u,
    MISSING,
  ],
  [/^InvalidObjectState/u, ARCHIVED],
  [
    /^(?:TimeoutError|RequestTimeout|InternalServer|InternalError|InternalFailure|ServiceUnavailable|ServerException|RequestThrottled)/u,
    AWAY,
  ],
];

/** Of Node's network and of a connection that ended early. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

interface Told {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
}

function told(error: Error): Told {
  const { $metadata: metadata, code } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly code?: unknown;
  };
  return {
    name: error.name,
    message: error.message,
    status: metadata?.httpStatusCode,
    code: typeof code === 'string' ? code : undefined,
  };
}

function failureOf({ name, status, code }: Told): Failure | undefined {
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (code !== undefined && NETWORK.has(code)) return AWAY;
  if (status === 429) return BUSY;
  if (status === 403) return DENIED;
  return status !== undefined && status >= 500 ? AWAY : undefined;
}

/**
 * Says it in Cavendish's words: `unavailable`, with the action and what to do.
 *
 * @param action - as IAM names it: `dynamodb:GetItem`
 * @returns the error itself where it says nothing about the service
 */
export function explainAws(error: unknown, action: string): unknown {
  if (!Error.isError(error)) return error;
  const said = told(error);
  const failure = failureOf(said);
  if (failure === undefined) return error;
  const service = SERVICES[action.split(':')[0] ?? ''] ?? action;
  return new CavendishError('unavailable', `${service} ${failure.what} (${action}: ${said.name}: ${said.message})`, {
    next: failure.next,
    cause: error,
  });
}

/**
 * Asks a service, and says in Cavendish's words what went wrong.
 *
 * @throws CavendishError `unavailable`
 */
export async function askAws<T>(action: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw explainAws(error, action);
  }
}

/** The same for each page of a listing. */
export async function* askedPages<T>(pages: AsyncIterable<T>, action: string): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  for (;;) {
    const next = await askAws(action, () => iterator.next());
    if (next.done === true) return;
    yield next.value;
  }
}
