import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** A topic for notices: encrypted, over TLS only. Standard, since FIFO topics carry no e-mail. */
export function newTopic(scope: Construct, id: string, masterKey: IKey): Topic {
  return new Topic(scope, id, { masterKey, enforceSSL: true });
}
